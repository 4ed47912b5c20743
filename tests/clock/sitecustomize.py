"""Put on PYTHONPATH, this makes a process live at another time: DAYBOOK_TESTS_NOW, running on.

Python imports it by itself at the start. It is how tests ask a bot on a day of their choice.
"""

import os
from datetime import datetime

import time_machine

if moment := os.environ.get("DAYBOOK_TESTS_NOW"):
    time_machine.travel(datetime.fromisoformat(moment), tick=True).start()
