"""The fonts are made once for all tests, in a folder that goes away again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wpsdesk.compilation.pdf.fonts import faces


@pytest.fixture(autouse=True, scope="session")
def _fonts_in_a_folder_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        faces()
        yield
