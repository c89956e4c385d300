"""Where an interview is after each answer, without looking at the whole rule file each time."""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from screener.engine.assess import state_of
from screener.engine.certain import Certain, MostUrgent
from screener.ground.marks import Mark
from screener.rulefile.conditions.tree import Answer, State
from screener.rulefile.model import Question, RuleFile


class Progress:
    """The questions of a rule file, each as far as the answers settle it.

    It says what `view_of` would say of the same answers. But an answer is weighed only by its own question, by those
    whose conditions speak of it, and by those that hang on these in turn: an interview takes as many looks at
    conditions as there are answers and mentions of questions, however long the file is. `given` are the answers, also
    those that don't count now; they grow in place. `sections` counts the questions of each section that are or may be
    asked.
    """

    def __init__(self, rules: RuleFile, given: dict[str, Answer]) -> None:
        self.rules, self.given, self._weighed = rules, given, 0
        self._view: dict[str, State] = dict.fromkeys(rules.position, Mark.HIDDEN)
        self._undecided: set[str] = set()
        self._hang_on: dict[str, list[int]] = {id: [] for id in rules.position}
        self.total = 0
        self._section = _sections(rules)
        self.sections = [0] * (max(self._section, default=-1) + 1)
        self._open_from = len(rules.questions)
        self._at, self._before_at = 0, 0
        for index, question in enumerate(rules.questions):
            for id in question.when.references() if question.when is not None else ():
                self._hang_on[id].append(index)
        self._weigh(range(len(rules.questions)))
        self._urgent = MostUrgent(rules)
        self._urgent.weigh(self._view, rules.position)

    @property
    def looks(self) -> int:
        """How often a question, or a line that can bring up the most urgent next step, was weighed."""
        return self._weighed + self._urgent.looks

    @property
    def exact(self) -> bool:
        """Whether the answers so far settle which questions are asked."""
        return not self._undecided

    @property
    def certain(self) -> Certain | None:
        """The most urgent next step, once the answers make it certain: see `MostUrgent`."""
        return self._urgent.certain and self._urgent.certain.addressed(self.rules, self.given)

    def answer(self, id: str, answer: Answer) -> None:
        """Take the answer to a question, or another one than before."""
        self.given[id] = answer
        self._urgent.weigh(self._view, self._weigh([self.rules.position[id]]))

    def next_question(self) -> Question | None:
        """The first question that is shown and has no answer yet, or None when all are answered."""
        questions = self.rules.questions
        while self._open_from < len(questions):
            if self._view[questions[self._open_from].id] is Mark.OPEN:
                return questions[self._open_from]
            self._open_from += 1
        return None

    def number(self, id: str) -> int:
        """The place of a question, from 1, among those that are or may be asked."""
        wanted = self.rules.position[id]
        while self._at < wanted:
            self._before_at += self._is_shown(self._at)
            self._at += 1
        while self._at > wanted:
            self._at -= 1
            self._before_at -= self._is_shown(self._at)
        return self._before_at + 1

    def question_before(self, id: str) -> Question | None:
        """The last question before this one that is or may be asked; None for the first."""
        earlier = range(self.rules.position[id] - 1, -1, -1)
        return next((self.rules.questions[index] for index in earlier if self._is_shown(index)), None)

    def _is_shown(self, index: int) -> bool:
        return self._view[self.rules.questions[index].id] is not Mark.HIDDEN

    def _weigh(self, indexes: Iterable[int]) -> list[str]:
        """Weigh these questions, in the order of asking, and all that hang on one whose state is another now.

        Gives the ids of those whose state is another now.
        """
        waiting, changed = list(indexes), []
        heapify(waiting)
        last = -1
        while waiting:
            if (index := heappop(waiting)) == last:
                continue
            last = index
            question = self.rules.questions[index]
            if self._note(index, question, state_of(question, self.given, self._view)):
                changed.append(question.id)
                for hanging in self._hang_on[question.id]:
                    heappush(waiting, hanging)
        return changed

    def _note(self, index: int, question: Question, state: State) -> bool:
        """Keep the state of a question and what is counted of it; whether it is another than before."""
        self._weighed += 1
        before, self._view[question.id] = self._view[question.id], state
        more = (state is not Mark.HIDDEN) - (before is not Mark.HIDDEN)
        self.total += more
        self.sections[self._section[index]] += more
        self._before_at += more if index < self._at else 0
        if state is Mark.OPEN:
            self._open_from = min(self._open_from, index)
        if question.when is not None and question.id not in self.given and question.when.holds(self._view) is None:
            self._undecided.add(question.id)
        else:
            self._undecided.discard(question.id)
        return state != before


def _sections(rules: RuleFile) -> list[int]:
    """For each question the place of its section, from 0. A section that is taken up again later is another one."""
    places: list[int] = []
    for before, question in zip((None, *rules.questions), rules.questions, strict=False):
        new = before is not None and before.section != question.section
        places.append(places[-1] + new if places else 0)
    return places
