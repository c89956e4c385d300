"""What a rule file says, as clauses over numbers; nothing of screener is needed to say it.

A number stands for something that is so or is not. A condition has two, as "not sure" can leave it open: that it is
sure, and that it may be. Of the numbers in a clause, or their opposites, at least one holds. The last clause says that
some promise is broken. `Rules` is best read from `truth` on; what is above takes conditions apart.
"""

import json
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any, NamedTuple

# What leaves a question open, and the key that offers it; and how far answers go, in the steps of `number`.
OPEN = {"unsure": "unsure", "declined": "decline", "skipped": "optional"}
FAR = {"number": (1 - 10**15, 10**15 - 1), "whole": (1 - 10**9, 10**9 - 1), "date": (1, date.max.toordinal())}
LISTS = {"guidance", "no_guidance", "asked", "not_asked"}
THEN = LISTS | {"disposition", "disposition_at_least", "disposition_at_most", "answers", "referral", "referral_says"}
Pair = tuple[int, int]
Answers = dict[str, dict[str, int]]


class _Person(NamedTuple):  # the numbers of someone: what is asked, and the pieces of the answers
    asked: dict[str, int]
    has: Answers


def _by_id(items: Any) -> dict[str, Any]:
    pairs = [(one.get("id", "everyone"), one) for one in (items if isinstance(items, list) else [items])]
    if len(dict(pairs)) < len(pairs):
        raise ValueError("two of one id")
    return dict(pairs)


def _yes(one: Any, key: str) -> bool:
    return isinstance(one, dict) and one.get(key, "no").lower() in ("yes", "true", "on", "y", "t", "1")


def _before(day: date, span: str) -> date:
    number, unit = span.split()
    if unit[0] in "dw":
        return day - timedelta(days=int(number) * (7 if unit[0] == "w" else 1))
    year, month = divmod(day.year * 12 + day.month - 1 - int(number) * (12 if unit[0] == "y" else 1), 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shown(written: Any) -> str:
    """A condition on one line."""
    return json.dumps(written, ensure_ascii=False).replace('"', "")


class Rules:
    """The rule file and what it says: `when` has all conditions, `clauses` all clauses. `only` names promises that are
    proved for certain answers only; `today` is a date.
    """

    def __init__(self, raw: Any, only: Collection[str] = (), today: str | None = None) -> None:
        self.raw, self.only, self.today = raw, only, today
        self.questions, self.lines = _by_id(raw["questions"]), _by_id(raw["guidance"])
        self.referrals, self.promises = _by_id(raw["referral"]), _by_id(raw.get("invariants", []))
        self.steps = [*_by_id(raw["dispositions"])]
        owners = {"question": self.questions, "guidance": self.lines, "referral": self.referrals}
        owners["promise"] = self.promises
        named = {f"{kind} {id}": one for kind, of in owners.items() for id, one in of.items()}
        self.when = {what: one["when"] for what, one in named.items() if "when" in one}
        thens = {f"answers {id}": one.get("then", {}) for id, one in self.promises.items()}
        self.when |= {what: then["answers"] for what, then in thens.items() if "answers" in then}
        self.said: dict[str, list[Any]] = {id: [] for id in self.questions}
        for written in self.when.values():
            for id, value in self.leaves(written):
                self.said[id].append(value)
        self.open = {id: [word for word, key in OPEN.items() if _yes(one, key)] for id, one in self.questions.items()}
        self.values = {id: [*(self._labels(id) or self.near(id) or ["answered"])] for id in self.questions}
        self.words, self.clauses, self.mark = ["", "always"], [[1]], ""
        self.gates, self.made = dict[frozenset[int], int](), dict[int, frozenset[int]]()
        self.first = self.person("", "")
        for written in self.when.values():
            self.truth(self.first.has, written)
        self.clauses.append([way for id, one in self.promises.items() for way in self.breaches(id, one)])

    def _labels(self, id: str) -> dict[str, Any]:
        one = self.questions[id]
        return {"yes": "Yes", "no": "No"} if one["type"] == "yes-no" else dict(one.get("options", {}))

    def alone(self, id: str) -> list[str]:
        """The pieces of an answer that never come with others."""
        one, labels = self.questions[id], self._labels(id)
        values = [value for value in self.values[id] if one["type"] != "many" or _yes(labels[value], "exclusive")]
        return values + self.open[id]

    def number(self, id: str, text: str) -> int:
        """A number in steps of 0.0001, a whole one, or a date in days; of options that have an order, the place."""
        kind, text = self.questions[id]["type"], text.strip()
        if labels := self._labels(id):
            return [*labels].index(text)
        if kind == "date":
            return date.fromisoformat(str(self.today) if text == "today" else text).toordinal()
        return int(Decimal(text) * (10_000 if kind == "number" else 1))

    def _span(self, id: str, form: str, limit: str) -> Pair:
        if form == "within":
            return _before(date.fromisoformat(str(self.today)), limit).toordinal(), self.number(id, "today")
        at, far = self.number(id, limit), 10**16
        return {"below": (-far, at - 1), "above": (at + 1, far), "at_least": (at, far), "at_most": (-far, at)}[form]

    def near(self, id: str) -> list[str]:
        """For a number or date, the values at and beside all limits: no condition tells any other from all of these."""
        one, kind = self.questions[id], self.questions[id]["type"]
        if kind not in FAR:
            return []
        ends = zip(("min", "max"), FAR[kind], strict=True)
        first, last = (self.number(id, one[key]) if key in one else end for key, end in ends)
        limits = [self._span(id, *form) for said in self.said[id] if isinstance(said, dict) for form in said.items()]
        near = {first, last, *(end + step for span in limits for end in span for step in (-1, 0, 1))}
        inside = sorted(one for one in near if first <= one <= last)
        scale = Decimal(10_000 if kind == "number" else 1)
        return [str(date.fromordinal(one)) if kind == "date" else f"{one / scale:f}" for one in inside]

    def split(self, written: Any) -> tuple[str, list[Any]]:
        """What joins the parts of a condition, and the parts; nothing if it says one thing of one question."""
        (key, value), *more = written.items()
        if more:
            return "all", [{key: value} for key, value in written.items()]
        if key in ("all", "any", "not"):
            return key, [value] if key == "not" else value
        if key == "is":
            return "all", [self.raw["conditions"][value]]
        if not isinstance(value, dict):
            return ("any", [{key: word} for word in value]) if isinstance(value, list) else ("", [])
        (form, limit), *more = value.items()
        if more:
            return "all", [{key: {form: limit}} for form, limit in value.items()]
        if form == "all" or (form == "none" and isinstance(limit, list)):
            words = limit if isinstance(limit, list) else [limit]
            return "all", [{key: word if form == "all" else {form: word}} for word in words]
        return "", []

    def leaves(self, written: Any) -> Iterator[tuple[str, Any]]:
        """Each thing that a condition says of one question: the question, and what."""
        joint, parts = self.split(written)
        for part in parts:
            yield from self.leaves(part)
        yield from () if joint else written.items()

    def _new(self, words: str) -> int:
        self.words.append(self.mark + " ".join(words.split()))
        return len(self.words) - 1

    def both(self, words: str, *literals: int) -> int:
        """What holds exactly if all of these do."""
        parts = frozenset(literals) - {1}
        if -1 in parts or any(-one in parts for one in parts):
            return -1
        if len(parts) > 1 and parts not in self.gates:
            gate = self._new(f"{words} (all of {', '.join(map(str, sorted(parts, key=abs)))})")
            self.gates[parts], self.made[gate] = gate, parts
            self.clauses += [*([-gate, one] for one in sorted(parts)), [gate, *(-one for one in sorted(parts))]]
        return self.gates[parts] if len(parts) > 1 else next(iter(parts), 1)

    def _either(self, words: str, *literals: int) -> int:
        return -self.both(f"not so: {words}", *(-one for one in literals))

    def least(self, words: str, count: int, literals: Iterable[int]) -> int:
        """What holds exactly if so many of these do."""
        enough = [1] + [-1] * count
        for one in literals:
            enough[1:] = [self._either(words, so, self.both(words, few, one)) for few, so in pairwise(enough)]
        return enough[count]

    def truth(self, has: Answers, written: Any) -> Pair:
        """When a condition is sure, and when it may be."""
        joint, parts = self.split(written)
        if not joint:
            return self.leaf(has, *next(iter(written.items())))
        pairs = [self.truth(has, part) for part in parts]
        if joint == "not":
            return -pairs[0][1], -pairs[0][0]
        join = self.both if joint == "all" else self._either
        sure, may = zip(*pairs, strict=True)
        return join(f"sure: {shown(written)}", *sure), join(f"may be: {shown(written)}", *may)

    def leaf(self, has: Answers, id: str, value: Any) -> Pair:
        """The same where it says one thing of one question. A question that is not asked has no pieces."""
        words, pieces = shown({id: value}), has[id]
        values = {each: pieces[each] for each in self.values[id]}
        given = self._either(f"{id} is answered with a value", *values.values())
        if value == "answered" or value in self.open[id]:
            return (given if value == "answered" else pieces[value],) * 2
        if isinstance(value, str):
            sure = values[value]
        elif "none" in value:
            sure = self.both(f"sure: {words}", given, -values[value["none"]])
        elif "count" in value:
            few, many = int(value["count"].get("at_least", 0)), int(value["count"].get("at_most", len(values)))
            most = -self.least(f"more than {many} of {id}", many + 1, values.values())
            sure = self.both(f"sure: {words}", given, self.least(f"{few} of {id}", few, values.values()), most)
        else:
            first, last = self._span(id, *next(iter(value.items())))
            fit = [piece for each, piece in values.items() if first <= self.number(id, each) <= last]
            sure = self._either(f"sure: {words}", *fit)
        return sure, self._either(f"may be: {words}", sure, *(pieces[word] for word in self.open[id]))

    def _pair(self, who: _Person, owner: Any) -> Pair:
        return self.truth(who.has, owner["when"]) if "when" in owner else (1, 1)

    def person(self, mark: str, changed: str) -> _Person:
        """Someone; the second of two answers as the first, wherever both are asked, but to the question `changed`."""
        who, self.mark = _Person({}, {}), mark
        for id, one in self.questions.items():
            asked = who.asked[id] = self._pair(who, one)[1]
            alike = mark != "" and id != changed
            if alike and asked == self.first.asked[id]:
                who.has[id] = self.first.has[id]
                continue
            who.has[id] = {each: self._new(self._named(id, each)) for each in [*self.values[id], *self.open[id]]}
            self.answer(id, asked, who.has[id])
            for each, mine in who.has[id].items() if alike else ():
                both, other = [-asked, -self.first.asked[id]], self.first.has[id][each]
                self.clauses += [[*both, -mine, other], [*both, mine, -other]]
        self.mark = ""
        return who

    def _named(self, id: str, piece: str) -> str:
        label = self._labels(id).get(piece, piece)
        said = label["label"] if isinstance(label, dict) else label
        return f"{id}={piece}: “{self.questions[id]['ask']}” is answered “{said}”"

    def answer(self, id: str, asked: int, has: dict[str, int]) -> None:
        """What an answer is: there exactly if it is asked, of one piece alone or of several, as many as it may be."""
        alone, one = self.alone(id), self.questions[id]
        free = [piece for each, piece in has.items() if each not in alone]
        self.clauses += [[-asked, *has.values()], *([asked, -piece] for piece in has.values())]
        self.clauses += [[-has[a], -has[b]] for a, b in combinations(has, 2) if a in alone or b in alone]
        few, many = (int(Decimal(one[key])) if key in one and free else 0 for key in ("min", "max"))
        self.clauses.append([-asked, *(has[each] for each in alone), self.least(f"{few} of {id}", few, free)])
        self.clauses.append([-self.least(f"more than {many} of {id}", many + 1, free)] if many else [1])

    def _said(self, who: _Person, id: str) -> int:
        return self._pair(who, self.lines[id])[self.lines[id].get("when_unsure") != "skip"]

    def _calling(self, who: _Person, step: str, further: int = 0) -> list[int]:
        steps = self.steps[self.steps.index(step) + further :]
        return [self._said(who, id) for id, one in self.lines.items() if one.get("disposition") in steps]

    def breaches(self, id: str, promise: Any) -> Iterator[int]:
        """Each way to break a promise."""
        certain = promise.get("open") == "left-out" or id in self.only
        guard, words = self._pair(self.first, promise)[not certain], f"promise {id} is broken"
        for how, parts in self.against(promise.get("then", {})):
            yield self.both(f"{words}: {how}", guard, *parts)
        for risk in promise.get("never_less_urgent", []):
            changed, more = (risk, None) if isinstance(risk, str) else next(iter(risk.items()))
            second = self.person(f"second for {changed}: ", changed)
            risky = self._either(f"more {changed}", *self.risks(changed, more, second))
            for step in self.steps[1:]:
                called = self._either(f"{step} or more", *self._calling(self.first, step))
                calmer = [-one for one in self._calling(second, step)]
                yield self.both(f"{words}: with more {changed} less than {step}", risky, called, *calmer)

    def against(self, then: Any) -> Iterator[tuple[str, list[int]]]:
        """Each way to break what stands under `then`: in words, and what all holds then."""
        if not then.keys() <= THEN:
            raise ValueError("a promise of a kind that is unknown here")
        for key, value in then.items():
            if key in ("disposition", "disposition_at_least") and value != self.steps[0]:
                yield f"less than {value}", [-one for one in self._calling(self.first, value)]
            if key in ("disposition", "disposition_at_most"):
                yield f"more than {value}", [self._either(f"more than {value}", *self._calling(self.first, value, 1))]
            for id in value if key in LISTS else ():
                number = self.first.asked[id] if "asked" in key else self._said(self.first, id)
                yield f"{key} {id}", [number if key.startswith("no") else -number]
            if key == "answers":
                yield shown(value), [-self.truth(self.first.has, value)[0]]
            sures = [self._pair(self.first, one)[0] for one in self.referrals.values()]
            for place, (id, one) in enumerate(self.referrals.items() if key.startswith("referral") else ()):
                words, says = (" ".join(text.casefold().split()) for text in (value, one["says"]))
                if id != value if key == "referral" else words not in says:
                    yield f"referral {id}", [sures[place], *(-one for one in sures[:place])]

    def risks(self, id: str, more: Any, second: _Person) -> Iterator[int]:
        """Each way in which a second answer has more risk than the first; where options are added, or as much."""
        has, then, words, kind = self.first.has[id], second.has[id], f"more {id}", self.questions[id]["type"]
        if kind == "many":
            calm = [each for each in self.alone(id) if each not in self.open[id]]
            free = [each for each in self.values[id] if each not in calm]
            kept = [self._either(words, -has[each], then[each]) for each in free]
            given, some = ([pieces[each] for each in of] for pieces, of in ((has, self.values[id]), (then, free)))
            yield self.both(words, self._either(words, *given), *kept, self._either(words, *some))
        else:
            own = self.values[id] if _yes(self.questions[id], "ordered") else []
            order = more if isinstance(more, list) else ["no", "yes"] if kind == "yes-no" else own
            order = self.values[id][:: -1 if more in ("smaller", "earlier") else 1] if isinstance(more, str) else order
            calm = order[:1]
            for place, each in enumerate(order, 1):
                yield self.both(words, has[each], self._either(words, *(then[one] for one in order[place:])))
        opened = self._either(words, *(then[one] for one in self.open[id]))
        yield self.both(words, self._either(words, *(has[one] for one in calm)), opened)
