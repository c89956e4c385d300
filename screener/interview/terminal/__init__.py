"""The only door to questionary and prompt_toolkit: a question → a prompt in a real terminal, with its keys.

Each prompt is drawn below what was said before and erased once answered; the question and the answer in
words stay.
"""
