"""The stand-ins do what the real ones promise, and the network is shut."""

from __future__ import annotations

import socket

import numpy as np
import pytest
from langchain_core.messages import HumanMessage

from rag.models import ModelProblem
from tests.fakes import FakeEmbedder, NetworkRefusedError, ScriptedWriter


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org"])
def test_no_test_reaches_another_machine(host: str) -> None:
    with pytest.raises(NetworkRefusedError, match=host), socket.create_connection((host, 80), timeout=1):
        pass


def test_this_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


def test_vectors_have_length_one_and_are_nearer_for_texts_that_share_words() -> None:
    asked, near, far, empty = FakeEmbedder().embed(["missing children", "children go missing", "agency staff", ""])
    assert [round(float(np.linalg.norm(vector)), 5) for vector in (asked, near, far, empty)] == [1, 1, 1, 1]
    assert asked @ near > asked @ far


def test_the_writer_speaks_in_pieces_and_keeps_what_it_was_asked() -> None:
    writer = ScriptedWriter(["Good [1]."], piece=4)
    assert list(writer.stream([HumanMessage("How good?")])) == ["Good", " [1]", "."]
    assert writer.asked == [[HumanMessage("How good?")]]


def test_the_writer_can_fail_before_and_in_the_middle() -> None:
    writer = ScriptedWriter([ModelProblem("no model"), ("Go", ModelProblem("cut off"))])
    with pytest.raises(ModelProblem, match="no model"):
        list(writer.stream([]))
    pieces = writer.stream([])
    assert next(pieces) == "Go"
    with pytest.raises(ModelProblem, match="cut off"):
        next(pieces)
