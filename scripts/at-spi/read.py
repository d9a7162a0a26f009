"""Answers each line on standard input with the controls of the accessible tree, as one line of JSON."""

import json
import sys

import pyatspi

CONTROLS = {
    "push button", "button", "toggle button", "check box", "switch", "link", "entry", "combo box", "password text",
    "radio button", "menu item", "spin button", "date editor", "text",
}
STATES = {"checked", "enabled", "expanded", "collapsed", "expandable", "editable", "pressed", "required", "busy", "focused"}


def walk(node, found):
    try:
        role, name = node.getRoleName(), node.name
        states = sorted(STATES & {pyatspi.stateToString(state) for state in node.getState().getStates()})
        if role in CONTROLS or role in ("heading", "dialog"):
            found.append({"role": role, "name": name, "states": states})
        children = node.childCount
    except Exception:
        # It went away while it was read.
        return
    for place in range(children):
        try:
            child = node[place]
        except Exception:
            continue
        if child is not None:
            walk(child, found)


for _line in sys.stdin:
    found = []
    for application in pyatspi.Registry.getDesktop(0):
        if application is not None:
            walk(application, found)
    print(json.dumps(found), flush=True)
