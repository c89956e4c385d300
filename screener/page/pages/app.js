// The page: which screen is shown, and what a person can do there. Answers are held here and nowhere else.
//
// The file is one expression, a function of the parts that the other files make. It is called with the element that the
// page is put into, and with the data of screener/page/build.py: the table of the rule file, and words. `alone` says that
// the page is ours, and not a part of somebody else's.
((engine, sheets, make, paper, asking, kiosk, code) => (host, data, alone) => {
  "use strict";
  const { sheet, fill } = sheets;
  const { table: rules, words, idle } = data;
  const main = make(alone ? "main" : "div", { class: "screen" });
  const notice = make("p", { class: "notice", role: "status" });

  // ---- What is known of the person. `drafts` are forms as they were left, `told` says whether a next step was named.
  const nothing = () => ({ given: Object.create(null), drafts: Object.create(null), told: false, id: null, form: null });
  const state = { ...nothing(), back: null, depth: 0 };
  const isFresh = () => !Object.keys(state.given).length && Object.values(state.drafts).every(asking.isEmpty);
  const today = () => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  };
  const question = (id) => rules.questions.find((one) => one.id === id);
  const shown = () => engine.shown(rules, state.given);

  // ---- Screens. Each is a function that gives { heading, nodes, back }: for the title of the window, what stands there,
  // and where Back leads. One that asks for a yes or a no is `closed`: nothing else can be done there.
  const button = (text, click, how = {}) => make("button", { type: "button", ...how, click }, text);
  const title = (text) => make("h1", { tabindex: -1 }, text);
  const paragraphs = (texts) => texts.map((text) => text && make("p", {}, text));

  const start = () => ({
    heading: "",
    nodes: [
      title(rules.title),
      paragraphs([rules.intro, words.takes]),
      make("p", { class: "private" }, words.private),
      make("p", { class: "actions" }, button(isFresh() ? words.begin : words.go_on, forward(proceed), { class: "main" })),
    ],
  });

  const place = (id) => {
    const all = shown();
    const sure = rules.questions.every(({ id: other, when }) =>
      !when || other in state.given || engine.truth(when, engine.view(rules, state.given)) !== null);
    const counted = fill(sure ? words.counted_questions : words.at_most, all.indexOf(id) + 1, all.length);
    const { section } = question(id);
    return section ? fill(words.in_section, section, counted) : counted[0].toUpperCase() + counted.slice(1);
  };

  const ask = (id, back = backFrom(id)) => () => {
    const asked = question(id);
    const put = state.drafts[id] ?? asking.asTaken(asked, state.given[id]);
    const form = asking.asked(rules, words, asked, engine.asked(rules, id, state.given), put, () => answer(asked, form));
    const why = make("details", { class: "why" },
      make("summary", {}, words.why), make("p", {}, asked.why ?? words.no_reason));
    form.append(why, make("p", { class: "actions" }, make("button", { class: "main" }, words.next)));
    return { heading: place(id), nodes: [make("p", { class: "place" }, place(id)), form], back, form, id };
  };
  const backFrom = (id) => () => {
    const before = shown().indexOf(id) - 1;
    show(before < 0 ? start : ask(shown()[before]));
  };

  const answer = (asked, form) => {
    const put = asking.taken(form);
    const { answer: read, refusal } = asking.read(rules, words, asked, put);
    if (refusal) return refuse(form, refusal);
    delete state.drafts[asked.id];
    state.given[asked.id] = read;
    forward(proceed)();
  };
  const refuse = (form, said) => {
    asking.mark(form, said);
    main.querySelector(".refused")?.remove();
    const first = form.querySelector("input, textarea");
    const jump = (event) => (event.preventDefault(), first.focus());
    const summary = make("div", { class: "refused", role: "alert", tabindex: -1 },
      make("h2", {}, words.refused), make("p", {}, make("a", { href: `#${first.id}`, click: jump }, said)));
    main.querySelector(".place").before(summary);
    if (alone) document.title = `${words.refused} – ${rules.title}`;
    summary.focus();
  };

  // What comes after an answer: the next step that has become certain, the next question, or the review.
  const proceed = () => {
    const [next, certain] = [engine.next(rules, state.given), engine.certain(rules, state.given)];
    const before = state.told;
    state.told = Boolean(certain) && (before || next !== null);
    if (certain && next !== null && !before) return show(urgent(certain, next));
    show(next === null ? review : ask(next), before && !certain ? words.taken_back : "");
  };

  const urgent = ({ step, says }, next) => () => ({
    heading: words.next_step,
    nodes: [
      make("section", { class: "step" }, title(fill(words.certain_step, step.title)), paragraphs([...says, words.certain])),
      make("h2", {}, words.what_now),
      make("p", { class: "actions" },
        button(words.go_on, forward(() => show(ask(next))), { class: "main" }),
        button(words.finish, forward(() => show(summary)))),
    ],
    back: backFrom(next),
  });

  const review = () => {
    const [next, all] = [engine.next(rules, state.given), shown().filter((id) => id in state.given)];
    const row = (id) => {
      const asked = engine.asked(rules, id, state.given);
      const again = forward(() => show(ask(id, () => show(review))));
      const change = button(words.change, again, { "aria-label": fill(words.change_this, asked) });
      const told = make("strong", {}, engine.inWords(rules, id, state.given[id]));
      return make("div", {}, make("dt", {}, asked), make("dd", { dir: "auto" }, told), make("dd", {}, change));
    };
    return {
      heading: words.check,
      nodes: [
        title(words.check),
        make("dl", { class: "answers" }, all.map(row)),
        make("p", { class: "actions" },
          next !== null && button(words.go_on, forward(proceed), { class: "main" }),
          button(next === null ? words.all_right : words.finish, forward(() => show(summary)), { class: "main" })),
      ],
      back: () => show(ask(all[all.length - 1])),
    };
  };

  const summary = () => {
    const made = sheet(rules, words, state.given);
    const next = engine.next(rules, state.given);
    return {
      heading: words.summary,
      nodes: [
        title(made.title),
        make("div", { class: "sheet", click: follow, auxclick: follow }, paper(words, made)),
        next === null ? code(data, state.given) : make("p", { class: "later" }, words.code_later),
        make("p", { class: "keep" }, words.keep),
        make("p", { class: "actions" },
          button(words.print, () => print(), { class: "main" }),
          button(words.change_answers, forward(() => show(review)))),
      ],
      back: () => show(next === null ? review : ask(next)),
    };
  };
  // Links to sources lead there without a trace in the address, also with the middle button.
  const follow = (event) => {
    const id = event.target.closest("a")?.getAttribute("href").slice(1);
    if (!id) return;
    event.preventDefault();
    for (const details of main.querySelectorAll(".sheet details")) details.open = true;
    main.querySelector(`#${CSS.escape(id)}`).focus();
  };

  const startOver = (from) => () => ({
    heading: words.start_over,
    nodes: [
      title(words.ask_start_over),
      paragraphs([words.wipes]),
      make("p", { class: "actions" },
        button(words.wipe, () => clear(""), { class: "main" }), button(words.keep_answers, goBack)),
    ],
    back: () => show(from),
    closed: true,
  });

  // ---- Showing them. The level of headings is one lower in somebody else's page, and the title of its window theirs.
  const show = (screen, note = "") => {
    draw(screen, note);
    main.querySelector("h1").focus({ preventScroll: alone });
    if (alone) scrollTo(0, 0);
  };
  const draw = (screen, note) => {
    const { heading, nodes, back = null, id, form, closed = false } = screen();
    Object.assign(state, { back, id, form });
    const over = forward(() => (keepDraft(), show(startOver(screen))));
    const tool = (text, click, kind) => make("p", { class: "tools" }, button(text, click, { class: `quiet ${kind}` }));
    main.replaceChildren(...make("div", {},
      back && !closed && tool(words.back, goBack, "back"),
      nodes,
      !isFresh() && !closed && tool(words.start_over, over, "over")).childNodes);
    notice.textContent = note;
    if (alone) document.title = [heading, rules.title].filter(Boolean).join(" – ");
    else for (const one of main.querySelectorAll("h1, h2, h3")) one.setAttribute("aria-level", Number(one.tagName[1]) + 1);
  };
  const keepDraft = () => {
    if (state.id) state.drafts[state.id] = asking.taken(state.form);
  };

  // ---- The Back of the browser leads where ours does. Its history holds how many screens there were, and nothing else.
  const forward = (act) => () => {
    deeper();
    act();
  };
  const deeper = () => {
    if (alone) history.pushState((state.depth += 1), "");
  };
  const goBack = () => (alone && state.depth ? history.back() : backwards());
  const backwards = () => {
    if (!state.back) return;
    keepDraft();
    state.back();
  };
  const onHistory = ({ state: depth }) => {
    const before = state.depth;
    state.depth = depth ?? 0;
    if (state.depth < before) backwards();
    if (!state.depth && state.back) deeper(); // there is a screen before this one, so there is more to go back to
  };

  // ---- Nothing is left of a person who starts over, or leaves the page.
  const wipe = () => {
    Object.assign(state, nothing());
    rules.today = today();
    draw(start, "");
  };
  const clear = (note) => {
    const { depth } = state;
    state.depth = 0;
    if (depth) history.go(-depth);
    wipe();
    show(start, note);
  };
  // Who loads the page anew, or comes back to it, finds nothing, and Back leads out of it at once.
  const atBeginning = () => history.state && history.go(-history.state);
  const isIdle = () => !state.back && isFresh();
  const foot = () => make(alone ? "footer" : "div", {}, kiosk(words, idle, isIdle, () => clear(words.cleared)));

  wipe();
  host.append(notice, main, ...(idle ? [foot()] : []));
  addEventListener("beforeunload", (event) => isFresh() || event.preventDefault());
  addEventListener("pagehide", wipe);
  if (alone) addEventListener("popstate", onHistory);
  if (alone) addEventListener("pageshow", ({ persisted }) => persisted && atBeginning());
  if (alone) atBeginning();
  if (alone) globalThis.screener = Object.freeze({ assess: (answers) => engine.assess(rules, answers) });
})
