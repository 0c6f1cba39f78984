"""The study's seven questions: each a file that makes numbers of the audits, and a paragraph of the numbers."""

from typing import Any

from surfgrad.audit.plain import plain
from surfgrad.study.folder import StudyFolder
from surfgrad.study.plan import Plan
from surfgrad.study.presets import Preset
from surfgrad.study.questions import conditions, consequence, emergence, imprint, information, protocol, remedy
from surfgrad.study.questions.answer import Answer
from surfgrad.study.questions.view import View, view_of

QUESTIONS = (emergence, imprint, remedy, consequence, protocol, conditions, information)
"""Each module: KEY, TITLE, QUESTION, FIGURE; numbers(view), paragraph(numbers), unanswered(numbers)."""

__all__ = ["QUESTIONS", "Answer", "View", "answer", "answers", "view_of"]


def answers(plan: Plan, preset: Preset, folder: StudyFolder) -> list[Answer]:
    """What the study in `folder` says of each question; what it cannot say, it says."""
    view = view_of(plan, folder)
    return [answer(each, view) for each in QUESTIONS]


def answer(question: Any, view: View) -> Answer:
    """One question's."""
    found = plain(question.numbers(view))
    text, gaps = question.paragraph(found), tuple(question.unanswered(found))
    return Answer(question.KEY, question.TITLE, question.QUESTION, found, text, question.FIGURE, gaps)
