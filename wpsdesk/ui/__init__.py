"""The windows: the only room with Qt. Widgets show what they are told and say what was asked; desk does the work."""

from wpsdesk.ui.importing import make_plain
from wpsdesk.ui.lasting import make_lasting
from wpsdesk.ui.signatures import leave_unread

make_lasting()
leave_unread()
make_plain()
