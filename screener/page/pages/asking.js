// One question as a form: its elements, what was put into it, and the answer that this stands for. The file is one
// expression, a function of the engine and of what makes elements.
((engine, make) => {
  "use strict";
  const TYPED = ["number", "whole", "date", "text"];
  const KEYS = { number: "decimal", whole: "numeric" };
  const DATE = ["day", "month", "year"];

  // ---- Refusals, in the words of the other faces
  const sentence = (part) => {
    const text = part[0].toUpperCase() + part.slice(1);
    return /[?.]$/.test(text) ? text : `${text}.`;
  };
  const lowered = (text) => text.slice(0, 1).toLowerCase() + text.slice(1);
  const refusal = (words, { id, type }, { why, about }) => {
    const parts = [].concat(words.refusals[why] ?? words.refusals.other);
    const wanted = lowered(words.forms[id] ?? "") + (why === "no-number" && type === "number" ? words.few_digits : "");
    const value = Array.isArray(about) ? about.join(" or ") : String(about);
    const filled = (part) => part.replace(/\{(form)?\}/g, (_, form) => (form ? wanted : value));
    return parts.map((part) => sentence(filled(part))).join(" ");
  };

  // ---- What was put in: the options that are chosen, and the texts that are typed, by the names of their fields
  const taken = (form) => ({
    chosen: [...form.querySelectorAll(":checked")].map(({ value }) => value),
    typed: Object.fromEntries([...form.querySelectorAll(".typed")].map(({ name, value }) => [name, value])),
  });
  const isEmpty = ({ chosen, typed }) => !chosen.length && !Object.values(typed).some(Boolean);
  // The same for an answer that was given before.
  const asTaken = ({ type, reserved = [] }, answer) => {
    if (answer === undefined) return { chosen: [], typed: {} };
    if (!TYPED.includes(type) || reserved.includes(answer)) return { chosen: [].concat(answer), typed: {} };
    if (type !== "date") return { chosen: [], typed: { value: String(answer) } };
    const [year, month, day] = answer.split("-").map((part) => part.replace(/^0+/, ""));
    return { chosen: [], typed: { day, month, year } };
  };

  // ---- The answer: { answer }, or { refusal }, a sentence
  const dateOf = ({ day, month, year }) => {
    const [d, m, y] = [day, month, year].map((part) => part.trim());
    if (!d && !m && !y) return null;
    if (!d || !m || !y) return { why: "part-of-a-date" };
    if (!/^[0-9]{4}$/.test(y)) return { why: "year-of-four" };
    return `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
  };
  const rawOf = ({ type }, { chosen, typed }) => {
    if (type === "many") return chosen.length ? chosen : null;
    if (!TYPED.includes(type)) return chosen.length ? chosen[0] : null;
    return type === "date" ? dateOf(typed) : typed.value.trim() ? typed.value : null;
  };
  const NOTHING = { many: "none-chosen", one: "not-chosen", "yes-no": "not-chosen", date: "part-of-a-date" };
  const read = (rules, words, question, put) => {
    const { id, type, reserved = [] } = question;
    const alone = put.chosen.find((word) => reserved.includes(word));
    if (alone) return { answer: alone };
    const raw = rawOf(question, put);
    if (raw === null && TYPED.includes(type) && reserved.includes("skipped")) return { answer: "skipped" };
    const found =
      raw === null ? { why: NOTHING[type] ?? "nothing-typed" }
      : raw.why ? raw
      : engine.readAnswer(rules, id, raw);
    return found.why ? { refusal: refusal(words, question, found) } : found;
  };

  // ---- Elements
  // Who chooses what stands alone takes all else away; who chooses or types another takes that away.
  const keepAlone = (form, { target }) => {
    for (const other of form.querySelectorAll("input, textarea")) {
      const mixed = target.dataset.alone !== undefined || other.dataset.alone !== undefined;
      if (other === target || !mixed || (target.type === "checkbox" && !target.checked)) continue;
      if (other.type === "checkbox") other.checked = false;
      else if (other.type !== "radio") other.value = "";
    }
  };
  const choice = (type, at, { id, label, help, alone }, chosen) => {
    const [name, about] = [`choice-${at}`, help && `choice-${at}-help`];
    const input = make("input", {
      id: name, type, name: "answer", value: id, autocomplete: "off",
      checked: chosen.includes(id), "data-alone": alone, "aria-describedby": about,
    });
    return make("div", { class: "choice" }, input,
      make("label", { for: name }, label), help && make("p", { id: about, class: "help" }, help));
  };
  const choices = (rules, words, { type, options = [], reserved = [] }, { chosen }) => {
    const kind = type === "one" || type === "yes-no" ? "radio" : "checkbox";
    const own = options.map((option) => ({ ...option, alone: option.exclusive }));
    const others = reserved.map((id) => ({ id, label: rules.words.offered[id], alone: true }));
    const made = [...own, ...others].map((one, at) => choice(kind, at, one, chosen));
    const last = own.length - (kind === "checkbox" && own.length > 0 && own[own.length - 1].alone ? 1 : 0);
    const or = made.length > last && make("p", { class: "or" }, words.or);
    return make("div", { class: "choices" }, made.slice(0, last), or, made.slice(last));
  };
  const field = (words, { id, type, unit }, { typed }) => {
    const how = { class: `typed ${type}`, autocomplete: "off", "aria-describedby": "help form refusal" };
    if (type === "date") {
      return make("div", { class: "date" }, DATE.map((part) => make("div", {},
        make("label", { for: part }, words[part]),
        make("input", { ...how, id: part, name: part, inputmode: "numeric", value: typed[part] ?? "" }))));
    }
    const named = { ...how, id: "value", name: "value", "aria-labelledby": unit ? "ask unit" : "ask" };
    if (type === "text") return make("textarea", { ...named, rows: 4, dir: "auto" }, typed.value ?? "");
    const input = make("input", { ...named, type: "text", inputmode: KEYS[type], value: typed.value ?? "" });
    return make("div", { class: "measured" }, input, unit && make("span", { id: "unit" }, unit));
  };

  // The form of a question, as far as it was filled in: { form, put, read }.
  const asked = (rules, words, question, ask, put, next) => {
    const typed = TYPED.includes(question.type);
    const form = make("form", { novalidate: true, submit: (event) => (event.preventDefault(), next()) });
    form.append(
      make("fieldset", { "aria-describedby": typed ? null : "help refusal" },
        make("legend", {}, make("h1", { id: "ask", tabindex: -1 }, ask)),
        question.help && make("p", { id: "help", class: "help" }, question.help),
        words.forms[question.id] && make("p", { id: "form", class: "help" }, `${words.forms[question.id]}.`),
        make("p", { id: "refusal", class: "refusal", hidden: true }),
        typed && field(words, question, put),
        choices(rules, words, question, put)));
    form.addEventListener("change", (event) => keepAlone(form, event));
    form.addEventListener("input", (event) => keepAlone(form, event));
    return form;
  };
  // What can't be taken is said at the question too; only a field to type in is called invalid, not every option.
  const mark = (form, said) => {
    const [place, fields] = [form.querySelector("#refusal"), form.querySelectorAll(".typed")];
    place.textContent = said;
    place.hidden = !said;
    for (const one of fields) one.toggleAttribute("aria-invalid", false);
    if (said) fields.forEach((one) => one.setAttribute("aria-invalid", "true"));
  };

  return { asked, taken, isEmpty, asTaken, read, mark };
})
