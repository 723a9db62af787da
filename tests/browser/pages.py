"""Every page by its address, with the charts that the made-up run draws on it."""

PAGES = {
    "": 0,
    "this_week": 1,
    "decide": 0,
    "people": 0,
    "memory": 1,
    "speed": 3,
    "compensation": 3,
    "speed_and_compensation": 0,
    "five_actions": 1,
    "word_of_mouth": 2,
    "returns": 1,
    "incidents": 1,
    "policy": 0,
    "trust": 2,
    "data": 0,
    "runs": 0,
    "export": 0,
}
