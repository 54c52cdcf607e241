"""One case with its steps: registers as data, moves with what they demand, deadlines in working days."""

from junheng.casework.calendar import Calendar, Known, calendar
from junheng.casework.catalogue import read_register, register, registers
from junheng.casework.deadlines import Due, due_after, lateness
from junheng.casework.disclosure import Extract, extract, public_view
from junheng.casework.filled import filled
from junheng.casework.moving import Step, move, moves_open_to
from junheng.casework.nouns import CaseFile, Deadline, Move, Register, State
from junheng.casework.soundness import faults_of

__all__ = [
    "Calendar",
    "CaseFile",
    "Deadline",
    "Due",
    "Extract",
    "Known",
    "Move",
    "Register",
    "State",
    "Step",
    "calendar",
    "due_after",
    "extract",
    "faults_of",
    "filled",
    "lateness",
    "move",
    "moves_open_to",
    "public_view",
    "read_register",
    "register",
    "registers",
]
