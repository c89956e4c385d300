// A sheet as elements, built as screener/summary/pages/summary.html builds it, so that one style does for both. The file
// is one expression, a function of what makes elements.
((make) => {
  "use strict";
  const between = (list, sign) => list.flatMap((one, place) => (place ? [sign, one] : [one]));

  const link = (words, known, id) => (known.has(id) ? make("a", { href: `#source-${id}` }, id) : id);
  const cited = (words, known, ids) => {
    if (!ids.length) return [];
    const links = between(ids.map((id) => link(words, known, id)), " · ");
    return [" ", make("span", { class: "ids" }, "[", make("span", { class: "unseen" }, `${words.sources}: `), links, "]")];
  };
  const ended = (title) => (/[.?!:]$/.test(title) ? title : `${title}.`);
  const said = (words, known, { text, sources, because, possible, title, more }) => [
    make("p", {},
      possible && [make("em", {}, words.possible), " "],
      title && [make("strong", {}, ended(title)), " "],
      text,
      !more && cited(words, known, sources)),
    more && make("p", { class: "more" }, more, cited(words, known, sources)),
    because.map((reason) => make("p", { class: "because" }, reason)),
  ];

  const answer = ({ ask, answer: told }) =>
    make("div", {}, make("dt", {}, ask), told && make("dd", { dir: "auto" }, make("strong", {}, told)));
  const word = ({ word: name, meaning }) => make("div", {}, make("dt", {}, name), make("dd", {}, meaning));
  const place = ({ where, ids }) => {
    const named = between(ids.map((id) => make("span", { id: `source-${id}`, tabindex: -1 }, id)), " · ");
    return make("div", {}, make("dt", {}, named), make("dd", {}, where));
  };
  const ROWS = { answers: answer, words: word, places: place };

  const rowsOf = (words, known, { kind, rows }) => {
    if (kind === "points") return make("ul", {}, rows.map((row) => make("li", {}, said(words, known, row))));
    if (kind === "lines") return rows.map((row) => make("div", { class: "line" }, said(words, known, row)));
    if (kind === "asks") return make("ol", {}, rows.map((row) => make("li", {}, row)));
    return make("dl", {}, rows.map(ROWS[kind]));
  };
  const part = (words, known, level, id, one) =>
    make("section", { class: one.kind, "aria-labelledby": id },
      make(level, { id }, one.heading), rowsOf(words, known, one));

  // The sheet without its title. `words` are those of a page.
  return (words, sheet) => {
    const rows = [...sheet.parts, ...sheet.details].flatMap(({ kind, rows }) => (kind === "places" ? rows : []));
    const known = new Set(rows.flatMap(({ ids }) => ids));
    const { told, note, referral, details, behind } = sheet;
    const label = make("span", { class: "label" }, `${words.next_step}:`);
    return [
      make("section", { class: "step", "aria-labelledby": "step" },
        make("h2", { id: "step" }, label, " ", sheet.step), said(words, known, told)),
      note && make("p", { class: "whole" }, make("strong", {}, note)),
      sheet.parts.map((one, at) => part(words, known, "h2", `part-${at + 1}`, one)),
      make("p", { class: "made" }, sheet.made_with),
      make("p", { class: "referral" }, make("strong", {}, referral.text), cited(words, known, referral.sources)),
      details.length > 0 && make("details", {},
        make("summary", {}, make("h2", {}, words.details)),
        behind && make("p", { class: "because" }, behind),
        details.map((one, at) => part(words, known, "h3", `detail-${at + 1}`, one))),
    ];
  };
})
