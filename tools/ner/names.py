"""Makes names.txt (content-models): given and family names from Faker's lists. See README.md."""

import collections
import importlib
import os
import pkgutil
import re
import sys
import unicodedata

import faker.providers.person as people
from wordfreq import zipf_frequency

LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "ı": "i", "æ": "ae"})
CYRILLIC = str.maketrans(dict(zip(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch . y . e yu ya".split(" "))))
PARTICLES = set("van von de der den del della di da dos das do du la le el al bin ibn ben abu mac mc "
                "st san ter ten op los las zu zur und".split())
CALENDAR = set("january february march april may june july august september october november december "
               "monday tuesday wednesday thursday friday saturday sunday".split())
PLACES = set("london paris berlin austin florence sydney charlotte victoria washington york china america "
             "india france israel africa florida texas georgia jordan chad brooklyn phoenix madison "
             "jackson lincoln houston dallas denver savannah carolina virginia milan vienna geneva siena "
             "verona valencia santiago orlando augusta columbia dakota montana roma asia kenya ireland "
             "holland britain german french english american king queen captain christ jesus god".split())


def folded(name):
    plain = name.lower().translate(CYRILLIC).replace(".", "").translate(LETTERS)
    return "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) != "Mn")


def strings(value):
    for item in value:
        if isinstance(item, str):
            yield item
        elif isinstance(item, (list, tuple)):
            yield from (part for part in item if isinstance(part, str))


def lists():
    given, family = set(), set()
    for module in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module("faker.providers.person." + module.name).Provider
        for attribute in dir(provider):
            kind = given if attribute.startswith("first_") else family if attribute.startswith("last_") else None
            value = getattr(provider, attribute)
            if kind is not None and isinstance(value, (list, tuple, dict)):
                for name in strings(value):
                    kind.update(w for w in re.split(r"[\s\-'’]+", folded(name)) if re.fullmatch("[a-z]{2,20}", w))
    return {w for w in given if len(w) > 2} - PARTICLES, family - PARTICLES


def cases(roots):
    """How often each word of the texts under some folders is written small, and with a capital."""
    small, capital = collections.Counter(), collections.Counter()
    for root in roots:
        for folder, _, files in os.walk(root):
            for file in (f for f in files if f.endswith((".txt", ".md", ".rst", ".html", ".py"))):
                text = open(os.path.join(folder, file), encoding="utf8", errors="ignore").read(400_000)
                for word in re.findall(r"(?<![\w.@/])[A-Za-z]{2,20}(?![\w@/])", text):
                    (small if word.islower() else capital)[word.lower()] += 1
    return small, capital


def main():
    given, family = lists()
    small, capital = cases(sys.argv[1:])

    def common(word):
        seen = small[word] + capital[word]
        often = zipf_frequency(word, "en")
        return often >= 2.8 and (small[word] / seen > .35 if seen >= 3 else often >= 5.2)

    words = {w for w in given | family if common(w)}
    dropped = CALENDAR | {w for w in words if zipf_frequency(w, "en") > 4.95} - {"hope", "mark", "will"}
    for word in sorted((given | family) - dropped):
        both = "b" if word in given and word in family else "g" if word in given else "f"
        print(word, "c" if word in words or word in PLACES else both)


if __name__ == "__main__":
    main()
