// The answers of an interview as the text of a code, byte for byte as screener/page/code packs them in Python.
//
// The file is one expression, an object of functions. `rules` is what screener/page/table.py makes, with the day of the
// interview as `today`; `states` is the view of the engine: it has the state of each question under its id.
(() => {
  "use strict";

  // ---- Numbers from 0 in as few bits as are enough for so many ways. Bits are a text of 0 and 1.
  const bits = (value, ways) => {
    if (!(value >= 0 && value < ways)) throw new RangeError("no such answer");
    return ways > 1 ? value.toString(2).padStart((ways - 1).toString(2).length, "0") : "";
  };
  const chosen = (word, ways) => bits(ways.indexOf(word), ways.length);

  // ---- Free text: see texts.py.
  const END = "\0";
  const GROUPS = [
    " etaoinr",
    "shldcumfpgwybv,.",
    "kjxqz0123456789-'’()/?!:;\n\"&+%@" + END,
    "ABCDEFGHIJKLMNOPQRSTUVWXYZäöüßéè",
  ];
  const bytes = (text) => [...new TextEncoder().encode(text)];
  const sign = (one) => {
    const ones = GROUPS.findIndex((group) => group.includes(one));
    if (ones >= 0) return "1".repeat(ones) + "0" + bits(GROUPS[ones].indexOf(one), GROUPS[ones].length);
    return bytes(one).map((byte) => "1".repeat(GROUPS.length) + bits(byte, 256)).join("");
  };
  const text = (words) => {
    const packed = "0" + [...(words + END)].map(sign).join("");
    const plain = "1" + bytes(words + END).map((byte) => bits(byte, 256)).join("");
    return plain.length < packed.length ? plain : packed;
  };

  // ---- Numbers and dates: see values.py.
  const BEFORE = { number: 11, whole: 9 };
  const AFTER = { number: 4, whole: 0 };
  // A number as it is written, with its point moved four places to the right; doubles hold all of these exactly.
  const moved = (written) => {
    const [before, after = ""] = String(written).split(".");
    return Number(before + after.padEnd(4, "0"));
  };
  const scaled = (written, places, round) => round(moved(written) / 10 ** (4 - places));
  const [FIRST, LAST] = ["0001-01-01", "9999-12-31"];
  const days = (written) => Date.parse(written) / 86400000;

  const measured = ({ type, min, max }, value, today) => {
    const limit = (written, otherwise) => (written === "today" ? today : written ?? otherwise);
    if (type === "date") {
      const [first, last] = [limit(min, FIRST), limit(max, LAST)].map(days);
      return bits(days(value) - first, last - first + 1);
    }
    const places = [0, 1, 2, 3, 4].find((count) => Number.isInteger(moved(value) / 10 ** (4 - count)));
    const most = 10 ** (BEFORE[type] + places) - 1;
    const least = min === undefined ? -most : Math.max(-most, scaled(min, places, Math.ceil));
    const last = max === undefined ? most : Math.min(most, scaled(max, places, Math.floor));
    return bits(places, AFTER[type] + 1) + bits(scaled(value, places, Math.round) - least, last - least + 1);
  };

  // ---- One answer, and all of them. What excludes all else at a question is shorter than a bit for each option.
  const value = ({ type, options = [], reserved = [], min, max }, state, today) => {
    const ids = (wanted) => options.filter(wanted).map(({ id }) => id);
    if (type === "one" || type === "yes-no") return chosen(state.mark ?? state, [...ids(() => true), ...reserved]);
    const alone = [...ids(({ exclusive }) => exclusive), ...reserved];
    const single = state.mark ?? (type === "many" && state.length === 1 && alone.includes(state[0]) ? state[0] : null);
    if (single !== null) return "1" + chosen(single, alone);
    const flag = alone.length ? "0" : "";
    const together = ids(({ exclusive }) => !exclusive);
    if (type === "many") return flag + together.map((id) => (state.includes(id) ? "1" : "0")).join("");
    return flag + (type === "text" ? text(state) : measured({ type, min, max }, state, today));
  };

  const hex = (digits) => digits.match(/../g).map((pair) => parseInt(pair, 16));
  const packed = (rules, states) => {
    const asked = rules.questions.filter(({ id }) => states.get(id).mark !== "not asked");
    const isOpen = ({ id }) => states.get(id).mark === "not answered yet";
    const someOpen = asked.some(isOpen);
    const day = rules.counted ? bits(days(rules.today) - days(FIRST), days(LAST) - days(FIRST) + 1) : "";
    const answers = asked.map((one) =>
      isOpen(one) ? "0" : (someOpen ? "1" : "") + value(one, states.get(one.id), rules.today),
    );
    const written = day + bits(+someOpen, 2) + answers.join("");
    const whole = written.padEnd(Math.ceil(written.length / 8) * 8, "0").match(/.{8}/g);
    return Uint8Array.from([...hex(rules.rules.sha256.slice(0, 16)), ...whole.map((byte) => parseInt(byte, 2))]);
  };

  // ---- The text of a code: see letters.py.
  const LETTERS = "CBDEFGHIJKLNRTUV";
  const crc32 = (data) => {
    let rest = ~0;
    for (const byte of data) {
      rest ^= byte;
      for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
    }
    return ~rest >>> 0;
  };
  const written = (sealed, body) => {
    const data = [16 | sealed, ...body];
    const check = crc32(data).toString(16).padStart(8, "0");
    return "SCREENER" + [...data, ...hex(check)].map((byte) => LETTERS[byte >> 4] + LETTERS[byte & 15]).join("");
  };

  return { packed, written };
})()
