// What stands on the summary of the person, before it is laid out: the same rows and words as screener/summary/person.py
// has, and wording.py for reasons and sources. The file is one expression, a function of the engine.
//
// `words` are those of screener/page/words.py. In a sentence each pair of braces is filled in the order they stand in.
((engine) => {
  "use strict";
  const MARKS = ["unsure", "declined", "skipped"];
  const NOT_ASKED = "not asked";
  const fill = (sentence, ...parts) => sentence.replace(/\{\}/g, () => parts.shift());
  const unique = (list) => [...new Set(list)];
  const byId = (list, id) => list.find((one) => one.id === id);

  // As Python folds case, one letter after the other; the i without a point stays what it is.
  const folded = (text) =>
    [...text].map((sign) => (sign === "ı" ? sign : sign.toLowerCase().toUpperCase().toLowerCase())).join("");
  const named = ({ title, says }) => title || (/^[^]*?[.!?](?= )/.exec(says)?.[0] ?? says).replace(/\.+$/, "");
  const said = (text, sources, { because = [], possible = false, title, more } = {}) =>
    ({ text, sources, because, possible, title: title ?? "", more: more ?? "" });
  const filled = (...parts) => parts.filter(({ rows }) => rows.length);

  // ---- What the lines hang on. `known` has what one summary is made from.
  const know = (rules, words, given) => {
    const summary = engine.assess(rules, given);
    const { answers, findings } = engine.follows(rules, given);
    const rank = (id) => (id ? rules.dispositions.findIndex((one) => one.id === id) : 0);
    const lines = findings.map(({ line }, place) => ({
      ...summary.findings[place],
      when: line.when,
      urgency: rank(line.disposition),
    }));
    return { rules, words, given: Object.fromEntries(answers), summary, lines, answers: new Map(answers) };
  };

  const atoms = ([kind, part, ...others]) =>
    kind === "not" ? atoms(part)
    : kind === "all" || kind === "any" ? [part, ...others].flatMap(atoms)
    : [[kind, part, ...others]];

  // The answer behind a reason, with every option that was chosen and that the line is about.
  const allChosen = ({ answers }, line, { question, answer }) => {
    const chosen = answers.get(question);
    if (!Array.isArray(answer) || !Array.isArray(chosen) || !line.when) return answer;
    const about = atoms(line.when).filter(([, id]) => id === question);
    const options = about.flatMap(([kind, , named]) => (/^(any|all|none)-of$/.test(kind) ? named : chosen));
    return chosen.filter((option) => options.includes(option));
  };

  // ---- Reasons in words
  const reason = ({ rules, words, given }, id, answer) => {
    const { type, reserved = [] } = byId(rules.questions, id);
    const ask = engine.asked(rules, id, given);
    if (answer === NOT_ASKED) return fill(words.was_not_asked, ask);
    if (reserved.includes(answer)) return fill(words.without_value[answer], ask);
    const told = engine.inWords(rules, id, answer);
    return type === "many" ? fill(words.chose, told) : fill(words.answered, told, ask);
  };
  const because = (known, line) => {
    const { words } = known;
    if (!line.because.length) return words.for_everyone;
    const reasons = line.because.map((one) => reason(known, one.question, allChosen(known, line, one)));
    const joined = fill(words.because, reasons.join(words.and_because));
    return joined.endsWith("?”") ? joined : `${joined}.`;
  };

  // Whether the title names the one option behind the line.
  const isNamed = ({ rules }, { title, because: reasons }) => {
    const [{ question, answer } = {}] = reasons;
    if (!title || reasons.length !== 1 || !Array.isArray(answer) || answer.length !== 1) return false;
    const [own, label] = [title, byId(byId(rules.questions, question).options, answer[0]).label].map(folded);
    return own.includes(label) || label.includes(own);
  };
  const newReasons = (known, line) => {
    const gated = line.because.length === 1 && line.because[0].question === known.words.gate;
    return gated || isNamed(known, line) ? [] : [because(known, line)];
  };
  const behindAll = (known) => {
    const { words, answers } = known;
    if (!words.gate || !answers.has(words.gate)) return "";
    return fill(words.behind_all, reason(known, words.gate, answers.get(words.gate))).replace(/\?”\./g, "?”");
  };

  // ---- What to tell: the first points in full, the others by name, and what was left open named once.
  const left = ({ because: reasons }) => {
    const given = reasons.map(({ answer }) => answer);
    if (!given.length || given.some((answer) => !MARKS.includes(answer))) return null;
    return MARKS.find((word) => given.includes(word));
  };
  const listed = (lines, title) => said(`${lines.map(named).join("; ")}.`, [], { title });
  const point = (known, line) => {
    const possible = line.certainty === "possible";
    return said(line.says, line.from, { because: possible ? [because(known, line)] : [], possible, title: line.title });
  };
  const toTell = (known) => {
    const { rules, words, lines } = known;
    const called = lines.filter(({ urgency }) => urgency).sort((one, other) => other.urgency - one.urgency);
    const highest = rules.dispositions.length - 1;
    const most = called.filter(({ urgency }) => urgency === highest);
    const others = called.filter(({ urgency }) => urgency !== highest);
    const points = [...most, ...others.filter((line) => left(line) === null)];
    const full = Math.max(most.length, words.in_full);
    const open = MARKS.map((word) => [others.filter((line) => left(line) === word), words.left_open[word]]);
    const named = [[points.slice(full), words.also_tell], ...open].filter(([lines]) => lines.length);
    return [...points.slice(0, full).map((line) => point(known, line)), ...named.map(([lines, title]) => listed(lines, title))];
  };

  // The questions to take along: of urgent lines first, and those that everyone gets last.
  const asks = ({ words, lines }) => {
    const general = ({ because: reasons }) => reasons.every(({ question }) => question === words.gate);
    const asking = lines.filter(({ ask }) => ask);
    asking.sort((one, other) => other.urgency - one.urgency || general(one) - general(other));
    return unique(asking.map(({ ask }) => ask));
  };

  // ---- Sources
  const short = (one) => one.short ?? one.title ?? one.heading;
  const documents = ({ library }, id) =>
    (library?.statements[id].documents ?? []).map((name) => short(library.documents[name]));
  const where = ({ library, words }, id) => {
    if (!library) return "";
    const { documents: from = [], section } = library.statements[id];
    if (!from.length) return words.no_source;
    const names = documents({ library }, id).join("; ");
    return section === undefined ? names : `${names}, ${short(library.documents[from[0]].sections[section])}`;
  };
  const places = ({ rules }, ids) => {
    const all = unique(ids.map((id) => where(rules, id)));
    return all.map((place) => ({ where: place, ids: ids.filter((id) => where(rules, id) === place) }));
  };
  const names = ({ rules, words }, ids) => {
    const all = unique(ids.flatMap((id) => documents(rules, id)));
    const more = all.length > words.most_named ? fill(words.and_more, all.length - words.most_named) : "";
    return all.length ? `${words.stands_on} ${all.slice(0, words.most_named).join("; ")}${more}.` : "";
  };
  const madeWith = ({ rules, words }) => {
    const { id, version, sha256 } = rules.rules;
    return fill(words.made_with, id, version, sha256.slice(0, words.fingerprint)) +
      (rules.counted ? fill(words.counted, rules.today) : "");
  };

  // ---- All that lies behind the short form
  const glossary = ({ rules, lines }) => {
    const all = folded(lines.flatMap(({ title, says, more }) => [title, says, more]).filter(Boolean).join(" "));
    const used = (rules.glossary ?? []).filter(([word]) => all.includes(folded(word)));
    return used.map(([word, meaning]) => ({ word, meaning }));
  };
  const line = (known, one) => {
    const { title, more, certainty } = one;
    return said(one.says, one.from, { because: newReasons(known, one), possible: certainty === "possible", title, more });
  };
  const details = (known) => {
    const { rules, words, lines, answers, given } = known;
    const topics = unique(lines.map(({ topic }) => topic));
    const under = (topic) => lines.filter((one) => one.topic === topic).map((one) => line(known, one));
    const told = [...answers].map(([id, answer]) =>
      ({ ask: engine.asked(rules, id, given), answer: engine.inWords(rules, id, answer), notes: [] }));
    return filled(
      ...topics.map((heading) => ({ heading, kind: "lines", rows: under(heading) })),
      { heading: words.not_covered, kind: "lines", rows: rules.not_covered ? [said(rules.not_covered, [])] : [] },
      { heading: words.more_to_ask, kind: "asks", rows: asks(known).slice(words.worth_asking) },
      { heading: words.told, kind: "answers", rows: told },
      { heading: words.words, kind: "words", rows: glossary(known) },
      { heading: words.sources, kind: "places", rows: places(known, known.summary.sources.map(({ id }) => id)) },
    );
  };

  // What questions without an answer could still do; the most urgent step stands whatever comes.
  const unanswered = ({ rules, words, summary: { complete, disposition } }) =>
    complete ? "" : disposition.id === rules.dispositions[rules.dispositions.length - 1].id ? words.more_could_come : words.incomplete;

  const sheet = (rules, words, given) => {
    const known = know(rules, words, given);
    const { disposition: step, referral } = known.summary;
    const tell = toTell(known);
    const cited = unique([step.from, ...tell.map(({ sources }) => sources), referral.from].flat());
    return {
      language: rules.language,
      reader: "person",
      title: rules.title,
      about: "",
      step: step.title,
      told: said(step.says, step.from),
      note: unanswered(known),
      parts: filled(
        { heading: words.tell, kind: "points", rows: tell },
        { heading: words.to_take_along, kind: "asks", rows: asks(known).slice(0, words.worth_asking) },
      ),
      names: names(known, cited),
      cited: places(known, cited),
      made_with: madeWith(known),
      referral: said(referral.says, referral.from),
      behind: behindAll(known),
      details: details(known),
      unfolded: false,
      label: null,
      code: null,
    };
  };

  return { sheet, fill };
})
