"""Runs inside BORIS' own Python: reads a project, reckons its time budget, prints how long each took, and the rows.

Calls BORIS through its functions as its window does; holds none of its code.
"""

import importlib.util
import json
import sys
import time

started = time.perf_counter()
# This folder has a boris.py too. BORIS finds its own modules beside itself.
del sys.path[0]
sys.path.append(importlib.util.find_spec("boris").submodule_search_locations[0])

from boris import config as cfg  # noqa: E402
from boris import db_functions, project_functions, time_budget_functions  # noqa: E402

path = sys.argv[1]
rounds = int(sys.argv[2])
_, _, project, _ = project_functions.open_project_json(path)
observations = sorted(project[cfg.OBSERVATIONS])
subjects = [cfg.NO_FOCAL_SUBJECT, *(each[cfg.SUBJECT_NAME] for each in project[cfg.SUBJECTS].values())]
behaviours = [each[cfg.BEHAVIOR_CODE] for each in project[cfg.ETHOGRAM].values()]
parameters = {
    cfg.SELECTED_SUBJECTS: subjects,
    cfg.SELECTED_BEHAVIORS: behaviours,
    cfg.INCLUDE_MODIFIERS: False,
    cfg.EXCLUDE_BEHAVIORS: True,
    cfg.EXCLUDE_NON_CODED_MODIFIERS: True,
    cfg.EXCLUDED_BEHAVIORS: [],
    cfg.TIME_INTERVAL: cfg.TIME_FULL_OBS,
    cfg.START_TIME: 0.0,
    cfg.END_TIME: 1e9,
}


loads, times = [], []
found = []
for _ in range(rounds):
    began = time.perf_counter()
    cursor = db_functions.load_events_in_db(project, subjects, observations, behaviours, cfg.TIME_FULL_OBS)
    loaded = time.perf_counter()
    found = time_budget_functions.time_budget_analysis(project[cfg.ETHOGRAM], cursor, observations, parameters)[0]
    times.append(time.perf_counter() - loaded)
    loads.append(time.perf_counter() - began)
rows = [[r["subject"], r["behavior"], r["number"], r["duration"]] for r in found]
sys.stdout.write(json.dumps({"reckoned": min(times), "loaded": min(loads), "rows": rows}) + "\n")
