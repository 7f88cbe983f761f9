"""The windows: the only room with Qt. Widgets show what they are told and say what was asked; desk does the work."""

from wpsdesk.ui.importing import make_plain
from wpsdesk.ui.lasting import make_lasting

make_lasting()
make_plain()
