// The engine of a questionnaire as one page: what screener/engine says in Python, the same and in the same order.
//
// The file is one expression, an object of functions. `rules` is what screener/page/table.py makes, with the day of the
// interview as `today` where it is `counted`; `given` is an object, question id -> answer, as a JSON summary has them.
// Truth has three values: true, false, and null for what is not known (Kleene's logic). A condition is a list:
//   ["all", ...conditions]   ["any", ...conditions]   ["not", condition]   or an atom about one question:
//   ["any-of", id, options, marks?]   ["all-of", id, options]   ["none-of", id, options]   ["answered", id]
//   ["count", id, least, most or null]   ["below" | "above" | "at_least" | "at_most", id, limit]
//   ["within", id, number, "days" | "months"]
// A view gives the state of each question: its answer, a mark, { mark: word }, or part of a list, { part: options }.
(() => {
  "use strict";

  const WORDS = ["not asked", "not answered yet", "unsure", "declined", "skipped"];
  const [HIDDEN, OPEN, ...MARKS] = WORDS.map((word) => Object.freeze({ mark: word }));

  // ---- Conditions
  const joins = (kind) => kind === "all" || kind === "any";
  const opposite = (truth) => (truth === null ? null : !truth);

  // The day so long before another one; of a month that is shorter, its last day.
  const before = (from, count, unit) => {
    const [year, month, day] = from.split("-").map(Number);
    const there = unit === "months" ? month - count : month;
    const last = new Date(Date.UTC(year, there, 0)).getUTCDate();
    const days = unit === "months" ? Math.min(day, last) : day - count;
    return new Date(Date.UTC(year, there - 1, days)).toISOString().slice(0, 10);
  };

  // Truth for an answer; of a part of one it is unknown whether more was chosen. Numbers have at most 11 digits before
  // the point and 4 after it; a double tells all of these apart, in their order. Days have the order of their letters.
  const matches = ([kind, , wanted, most], state, today) => {
    const chosen = [].concat(state.part ?? state);
    const common = Array.isArray(wanted) && wanted.some((option) => chosen.includes(option));
    const unless = (decided, otherwise) => (decided ? !otherwise : state.part ? null : otherwise);
    if (kind === "answered") return true;
    if (kind === "any-of") return unless(common, false);
    if (kind === "all-of") return unless(wanted.every((option) => chosen.includes(option)), false);
    if (kind === "none-of") return unless(common, true);
    if (kind === "count" && most === null) return unless(chosen.length >= wanted, false);
    if (kind === "count") return chosen.length <= most && (state.part ? null : chosen.length >= wanted);
    if (kind === "within") return before(today, wanted, most) <= state && state <= today;
    return { below: state < wanted, above: state > wanted, at_least: state >= wanted, at_most: state <= wanted }[kind];
  };

  // Truth for a question without a value. An atom about nothing but marks is decided by any answer that was given.
  const unanswered = ([kind, , options, marks], { mark }) => {
    if (kind === "any-of" && marks?.includes(mark)) return true;
    const decided = kind === "answered" || (kind === "any-of" && !options.length);
    return mark === HIDDEN.mark || (decided && mark !== OPEN.mark) ? false : null;
  };

  // With `lean`, all unsure, declined and skipped answers speak for true, or all for false; open ones stay unknown.
  const truth = (condition, view, lean = null) => {
    const [kind, ...parts] = condition;
    if (kind === "not") return opposite(truth(parts[0], view, opposite(lean)));
    if (joins(kind)) {
      const truths = parts.map((part) => truth(part, view, lean));
      return truths.includes(kind === "any") ? kind === "any" : truths.includes(null) ? null : kind !== "any";
    }
    const state = view.get(parts[0]);
    const known = state.mark ? unanswered(condition, state) : matches(condition, state, view.rules.today);
    return known === null && MARKS.includes(state) ? lean : known;
  };

  const references = ([kind, ...parts]) => (kind === "not" || joins(kind) ? parts.flatMap(references) : [parts[0]]);

  // ---- Reasons. A piece of an answer is [id, option], or [id, null] for the whole. A set of pieces has each under the
  // text that Python writes for it, as they are tried in the order of these texts.
  const pieces = (id, options) =>
    new Map(options.map((option) => [`('${id}', ${option === null ? "None" : `'${option}'`})`, [id, option]]));

  // The fewest options of an answer from which the truth of an atom follows; [null] for the whole answer.
  const proof = ([kind, , wanted, most], answer, want) => {
    if (!Array.isArray(answer)) return [null];
    if (kind === "answered") return answer.slice(0, 1);
    if (kind === "all-of" && want) return wanted;
    if (kind === (want ? "any-of" : "none-of")) return [answer.find((option) => wanted.includes(option))];
    if (kind === "count" && want && most === null) return answer.slice(0, Math.max(1, wanted));
    if (kind === "count" && !want && most !== null && answer.length > most) return answer.slice(0, most + 1);
    return [null];
  };

  // The pieces that make a condition come out as `want`, or null if it does not.
  const support = (condition, view, want, lean) => {
    const [kind, ...parts] = condition;
    if (kind === "not") return support(parts[0], view, !want, lean);
    if (joins(kind)) {
      const found = parts.map((part) => support(part, view, want, lean));
      const known = found.filter((one) => one !== null);
      if ((kind === "any") === want) return known.sort((one, other) => one.size - other.size)[0] ?? null;
      return known.length === found.length ? new Map(known.flatMap((one) => [...one])) : null;
    }
    if (truth(condition, view, lean ? want : null) !== want) return null;
    const [id, state] = [parts[0], view.get(parts[0])];
    if (state !== HIDDEN) return pieces(id, state.mark ? [null] : proof(condition, state, want));
    return view.when.has(id) ? support(view.when.get(id), view, false, false) : null;
  };

  // A view in which only these pieces are known: the rest is open, or hidden where the pieces show that it is.
  const glimpse = (view, known) => {
    const states = new Map();
    for (const [id, option] of known) {
      const { part } = states.get(id) ?? { part: [] };
      if (option === null) states.set(id, view.get(id));
      else if (part) states.set(id, { part: [...part, option] });
    }
    const get = (id) => {
      const hides = () => view.when.has(id) && truth(view.when.get(id), { rules: view.rules, get }) === false;
      if (!states.has(id)) states.set(id, view.get(id) === HIDDEN && hides() ? HIDDEN : OPEN);
      return states.get(id);
    };
    return { rules: view.rules, get };
  };

  // A smallest set of answers from which a condition follows: without any piece of them it no longer does.
  const reasons = (condition, view, lean) => {
    let found = support(condition, view, true, lean) ?? new Map();
    for (const text of found.size > 1 ? [...found.keys()].sort() : []) {
      const fewer = new Map([...found].filter(([other]) => other !== text));
      if (truth(condition, glimpse(view, fewer.values()), lean || null)) found = fewer;
    }
    return [...view.keys()].flatMap((id) => {
      const options = [...found.values()].filter(([about]) => about === id).map(([, option]) => option);
      const state = view.get(id);
      if (!options.length) return [];
      if (options.includes(null)) return [{ question: id, answer: state.mark ?? state }];
      return [{ question: id, answer: state.filter((option) => options.includes(option)) }];
    });
  };

  // ---- Questions. An answer does not count while it is hidden, or while open ones leave it unknown whether it is.
  const typed = (type, answer) => (type === "number" || type === "whole" ? Number(answer) + 0 : answer); // -0 is 0
  const stateOf = ({ type, when, reserved = [] }, answer, view) => {
    const shown = when ? truth(when, view) : true;
    if (shown === false) return HIDDEN;
    if (answer === undefined || (shown === null && truth(when, view, true) === null)) return OPEN;
    return reserved.includes(answer) ? MARKS.find(({ mark }) => mark === answer) : typed(type, answer);
  };
  const view = (rules, given) => {
    const states = Object.assign(new Map(), { rules });
    states.when = new Map(rules.questions.filter(({ when }) => when).map(({ id, when }) => [id, when]));
    states.given = new Map(Object.entries(given).filter(([, answer]) => answer !== null && answer.length !== 0));
    for (const one of rules.questions) states.set(one.id, stateOf(one, states.given.get(one.id), states));
    return states;
  };
  const having = (view, wanted) => [...view.keys()].filter((id) => wanted(view.get(id)));
  const shown = (rules, given) => having(view(rules, given), (state) => state !== HIDDEN);
  const next = (rules, given) => having(view(rules, given), (state) => state === OPEN)[0] ?? null;

  // ---- Guidance. A line is certain, or possible where unsure, declined and skipped answers alone keep it unknown.
  const finding = (line, view) => {
    if (!line.when) return { line, certainty: "certain", because: [] };
    const [sure, may, must] = [null, true, false].map((lean) => truth(line.when, view, lean));
    if (sure) return { line, certainty: "certain", because: reasons(line.when, view, false) };
    if (sure === false || line.skip || may !== true || must !== false) return null;
    return { line, certainty: "possible", because: reasons(line.when, view, true) };
  };

  // The open questions that could still change what is said, by themselves or by showing another one.
  const open = (rules, view) => {
    const lines = [...rules.guidance, ...rules.referrals.map(({ when }) => ({ when, skip: true }))];
    const unknown = (when, lean) => when && truth(when, view, lean) === null;
    const unsettled = lines.filter(({ when, skip }) => unknown(when, false) || (!skip && unknown(when, true)));
    const matter = new Set(unsettled.flatMap(({ when }) => references(when)));
    for (const [id, when] of [...view.when].reverse()) {
      if (matter.has(id) && view.get(id) !== HIDDEN) references(when).forEach((other) => matter.add(other));
    }
    return having(view, (state) => state === OPEN).filter((id) => matter.has(id) && !view.given.has(id));
  };

  // What follows from the answers, with the lines, steps and referrals as the table has them.
  const rank = (rules, line) => rules.dispositions.findIndex(({ id }) => id === line.disposition);
  const highest = (rules, lines) => Math.max(0, ...lines.map((line) => rank(rules, line)));
  const follows = (rules, given) => {
    const seen = view(rules, given);
    const told = [...seen].filter(([, state]) => state !== HIDDEN && state !== OPEN);
    const findings = rules.guidance.map((line) => finding(line, seen)).filter((found) => found);
    return {
      answers: told.map(([id, state]) => [id, state.mark ?? state]),
      complete: ![...seen.values()].includes(OPEN),
      step: rules.dispositions[highest(rules, findings.map(({ line }) => line))],
      findings,
      referral: rules.referrals.find(({ when }) => !when || truth(when, seen)),
      open: open(rules, seen),
    };
  };

  // The most urgent next step, and the lines that call for it, once no other answer can lower it; null before.
  const urgent = (rules, given) => {
    const [seen, most] = [view(rules, given), highest(rules, rules.guidance)];
    const calling = rules.guidance.filter((line) => most > 0 && rank(rules, line) === most);
    if (calling.some(({ when }) => !when)) return null;
    const speaking = rules.questions.flatMap(({ id }) => calling.filter(({ when }) => references(when).includes(id)));
    const lines = [...new Set(speaking)].filter((line) => finding(line, seen));
    return lines.length ? { step: rules.dispositions[most], lines } : null;
  };

  return { view, shown, next, truth, finding, follows, urgent, typed, before };
})()
