// What a person put into the page, as the answer that it stands for, or why it can't be one: as Python reads it in
// screener/engine/answers.py, and numbers as screener/interview/amounts.py does: a comma may be a point.
//
// The file is one expression, a function of the engine. `readAnswer` gives { answer }, or { code, why, about }: the
// code of the problem in Python, what is wrong in a word, and what it is about, such as the limit that is not kept.
((engine) => {
  "use strict";
  const RESERVED = ["unsure", "declined", "skipped"];
  const refused = (why, about = null, code = "wrong-answer") => ({ code, why, about });

  // What Python takes for blank, which is not quite what JavaScript does.
  const BLANK = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
  const ENDS = new RegExp(`^${BLANK}|${BLANK}$`, "g");
  const strip = (text) => text.replace(ENDS, "");

  // ---- Options
  const optionOf = ({ options }, id) => options.find((option) => option.id === id);
  const unknown = (word) => refused("unknown", word, "unknown-answer");
  const one = (question, raw) => (optionOf(question, raw) ? { answer: raw } : unknown(raw));
  const many = (question, raw) => {
    if (!Array.isArray(raw)) return refused("list");
    if (raw.length === 0) return refused("none-chosen");
    for (const [place, word] of raw.entries()) {
      if (typeof word !== "string") return refused("list");
      if (question.reserved?.includes(word)) return refused("not-in-a-list", word, "exclusive-option");
      if (!optionOf(question, word)) return unknown(word);
      if (raw.indexOf(word) < place) return refused("twice", word);
    }
    return together(question, raw);
  };
  const together = (question, chosen) => {
    const alone = chosen.map((id) => optionOf(question, id)).find(({ exclusive }) => exclusive);
    if (alone && chosen.length > 1) return refused("alone", alone.label, "exclusive-option");
    if (!alone && chosen.length < Number(question.min ?? 0)) return refused("too-few", question.min);
    if (chosen.length > Number(question.max ?? Infinity)) return refused("too-many", question.max);
    return { answer: question.options.map(({ id }) => id).filter((id) => chosen.includes(id)) };
  };

  const text = ({ longest }, raw) => {
    if (!strip(raw)) return refused("empty");
    if ([...raw].length > longest) return refused("too-long", String(longest));
    return engine.visible(raw) === raw ? { answer: strip(raw) } : refused("unsafe", null, "unsafe-character");
  };

  // ---- Numbers: at most 11 digits before the point and 4 after it; a list of the one that a text is, or an empty one
  const exactly = (raw) => {
    const plain = withoutExponent(strip(raw));
    return /^-?[0-9]{1,11}(\.[0-9]{1,4})?$/.test(plain) ? [engine.typed("number", plain)] : [];
  };
  // JSON may have 1e3 for 1000. The point is moved in the text, so that no digit is lost.
  const withoutExponent = (plain) => {
    const found = /^(-?)([0-9]{1,20})(?:\.([0-9]{1,20}))?[eE]([+-]?[0-9]{1,2})$/.exec(plain);
    if (!found) return plain;
    const [, sign, whole, fraction = "", power] = found;
    const point = Math.max(0, whole.length + Number(power));
    const digits = "0".repeat(point - whole.length - Number(power)) + whole + fraction;
    const [before, after] = [digits.slice(0, point).padEnd(point, "0"), digits.slice(point)];
    const rest = after.replace(/0+$/, "");
    return `${sign}${before.replace(/^0+/, "") || "0"}${rest && `.${rest}`}`;
  };

  // Thousands apart: by commas, by points (one alone is a decimal point), by blanks or by apostrophes.
  const GROUPED = [
    /^-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?$/,
    /^-?[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}|(?:\.[0-9]{3})+,[0-9]+)$/,
    /^-?[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?$/,
    /^-?[1-9][0-9]{0,2}(?:'[0-9]{3})+(?:[.,][0-9]+)?$/,
  ];
  // Without what keeps thousands apart; what comes last and once, and differs from the others, is the point.
  const ungrouped = (amount) => {
    const signs = amount.match(/[^0-9-]/g);
    const last = new Set(signs).size > 1 ? amount.lastIndexOf(signs.at(-1)) : amount.length;
    const [whole, rest] = [amount.slice(0, last), amount.slice(last + 1)];
    return whole.replace(/[^0-9-]/g, "") + (rest && `.${rest}`);
  };
  const readings = (amount) => {
    const ways = [
      ...(/^-?[0-9]+(?:\.[0-9]+)?$/.test(amount) ? [amount] : []),
      ...(/^-?[0-9]+,[0-9]+$/.test(amount) ? [amount.replace(",", ".")] : []),
      ...GROUPED.filter((form) => form.test(amount)).map(() => ungrouped(amount)),
    ];
    return [...new Set(ways.flatMap(exactly))];
  };

  // A unit without what makes no difference: case, blanks, a period, the s of several.
  const bare = (unit) =>
    unit.toLowerCase().split(/\s+/).map((word) => word.replace(/^\.+|\.+$/g, "").replace(/s$/, "") || word).join(" ");
  const number = ({ unit }, raw) => {
    const plain = strip(raw.replace(/[\u00a0\u202f\u2009]/g, " ").replace(/’/g, "'").replace(/−/g, "-"));
    const sure = exactly(plain);
    if (sure.length) return { answer: sure[0] };
    const [, amount, after] = /^(-?[0-9](?:[0-9.,' ]*[0-9])?)\s*([^\s0-9.,'-].*)?$/.exec(plain) ?? [];
    const found = amount ? readings(amount) : [];
    if (after && found.length && !unit) return refused("number-alone");
    if (after && found.length && bare(after) !== bare(unit)) return refused("other-unit", unit);
    if (found.length === 1) return { answer: found[0] };
    return found.length ? refused("two-readings", found.map(String)) : refused("no-number");
  };
  const whole = (question, raw) => {
    const found = number(question, raw);
    const fits = found.code || (Number.isInteger(found.answer) && Math.abs(found.answer) < 1e9);
    return fits ? found : refused("no-whole", String(found.answer));
  };

  // ---- Days: of the calendar, or counted from the interview
  const isDay = (plain) => {
    const time = Date.parse(`${plain}T00:00:00Z`);
    return /^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(plain) && new Date(time || 0).toISOString().startsWith(plain);
  };
  const NEAR = new Map([["today", 0], ["yesterday", 1], ["tomorrow", -1]]);
  const UNITS = { day: [1, "days"], week: [7, "days"], month: [1, "months"], year: [12, "months"] };
  const LONGEST = { days: 200 * 365, months: 200 * 12 };
  const counted = (today, raw) => {
    const words = strip(raw.toLowerCase()).replace(new RegExp(BLANK, "g"), " ");
    if (NEAR.has(words)) return engine.before(today, NEAR.get(words), "days");
    const [, ahead, count, unit, ago] = /^(in )?([1-9][0-9]{0,4}) (day|week|month|year)s?( ago)?$/.exec(words) ?? [];
    if (!unit || Boolean(ahead) === Boolean(ago)) return null;
    const [times, kind] = UNITS[unit];
    const back = count * times;
    return back > LONGEST[kind] ? null : engine.before(today, ahead ? -back : back, kind);
  };
  const date = ({ today }, raw) => {
    const found = counted(today, raw) ?? strip(raw);
    return isDay(found) ? { answer: found } : refused("no-date");
  };

  // ---- All of them
  const within = ({ type, min, max }, today, found) => {
    if (found.code) return found;
    const limit = (written) => (written === "today" ? today : written);
    const value = (written) => (type === "date" ? limit(written) : Number(written));
    if (min !== undefined && found.answer < value(min)) return refused("too-small", limit(min));
    if (max !== undefined && found.answer > value(max)) return refused("too-large", limit(max));
    return found;
  };
  const readAnswer = (rules, id, given) => {
    const question = rules.questions.find((other) => other.id === id);
    const { type, reserved = [] } = question;
    const folded = type === "yes-no" && typeof given === "string" ? given.toLowerCase() : given;
    const raw = type === "yes-no" ? (new Map([["true", "yes"], ["false", "no"]]).get(folded) ?? folded) : folded;
    const measured = { number, whole, date: () => date(rules, raw) }[type];
    if (reserved.includes(raw)) return { answer: raw };
    if (RESERVED.includes(raw) && type !== "text") {
      return refused("not-offered", raw, measured ? "wrong-answer" : "unknown-answer");
    }
    if (type === "many") return many(question, typeof raw === "string" ? [raw] : raw);
    if (typeof raw !== "string") return refused("one-only");
    if (type === "text") return text(rules, raw);
    return measured ? within(question, rules.today, measured(question, raw)) : one(question, raw);
  };

  return { readAnswer };
})
