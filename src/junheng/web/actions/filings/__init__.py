"""Filings 数据填报: rounds, what is handed in, moves, papers, sealing. See casework/registers."""

from junheng.web.actions.filings.cases import file_of, owner_of, refuse_move, take
from junheng.web.actions.filings.handing_in import explain, hand_in, hand_in_page, naming_of
from junheng.web.actions.filings.known import context_of, last_of, return_of, round_facts
from junheng.web.actions.filings.rounds import move_deadline, open_round, remind
from junheng.web.actions.filings.sealing import (
    close_cases,
    collect,
    joined_report,
    refusal,
    reopened,
    request_seal,
    seal_round,
    sealable,
)

__all__ = [
    "close_cases",
    "collect",
    "context_of",
    "explain",
    "file_of",
    "hand_in",
    "hand_in_page",
    "joined_report",
    "last_of",
    "move_deadline",
    "naming_of",
    "open_round",
    "owner_of",
    "refusal",
    "refuse_move",
    "remind",
    "reopened",
    "request_seal",
    "return_of",
    "round_facts",
    "seal_round",
    "sealable",
    "take",
]
