"""The credits of the built-in photographs: credits.json for programs, CREDITS.md for people."""

import json
from itertools import groupby
from pathlib import Path

CREDITS_VERSION = 1


def credit(file: str, cut: dict, source: dict, package: dict, licence: dict) -> dict:
    """One entry of credits.json.

    file     path below the folder of the photographs
    cut      {"crop": {...}} in pixels of the original, or {"view": {...}} in degrees
    source, package, licence   the picture's entries in photographs.json
    """
    return {
        "file": file,
        "source": source.get("source", package["home"]),
        "title": source["title"],
        "author": source["author"],
        **{key: source[key] for key in ("copyright", "note") if key in source},
        "licence": source["licence"],
        "licenceUrl": licence["url"],
        "licenceStatedIn": package["licenceStatedIn"],
        "package": source["package"],
        "packageVersion": package["version"],
        "registry": package["registry"],
        "originalFile": source["originalFile"],
        **cut,
        "changes": changes(cut),
    }


def changes(cut: dict) -> str:
    """What was done to the original, in words."""
    if "crop" in cut:
        return "cropped, scaled to 256x256"
    return "perspective view of 256x256 cut out of the panorama, exposure and tone curve applied"


def write_credits(folder: Path, credits: list[dict], licences: dict) -> None:
    """Writes credits.json and CREDITS.md into the folder of the photographs."""
    photographs = sorted(credits, key=lambda entry: (entry["file"].startswith("held-out"), entry["file"]))
    document = {"version": CREDITS_VERSION, "photographs": photographs}
    (folder / "credits.json").write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", "utf-8")
    (folder / "CREDITS.md").write_text(readable(photographs, licences), "utf-8")


def readable(photographs: list[dict], licences: dict) -> str:
    """CREDITS.md: how they are licensed, then a section a picture and a row a photograph."""
    used = sorted({entry["licence"] for entry in photographs})
    lines = [
        "# Credits of the built-in photographs",
        "",
        f"{len(photographs)} photographs of 256 x 256 pixels. Each was cut out of a larger picture and changed as its section says;",
        "the authors do not endorse this program. The program's own licence does not cover them: each photograph keeps the",
        "licence of its picture. One under CC-BY-SA-4.0 may be passed on under that licence or a compatible one only, changed",
        "or not. They come as they are, without warranty of any kind. `credits.json` says the same for programs.",
        "",
        "| licence | name | text |",
        "|---|---|---|",
        *(f"| {key} | {licences[key]['name']} | <{licences[key]['url']}> |" for key in used),
    ]
    for _, group in groupby(photographs, key=lambda entry: entry["originalFile"]):
        lines += _section(list(group))
    return "\n".join(lines) + "\n"


def _section(entries: list[dict]) -> list[str]:
    """One picture: who made it, where it comes from, and what was cut out of it."""
    first = entries[0]
    package = f"{first['package']} {first['packageVersion']} ({first['registry']})"
    return [
        "",
        f"## {first['title']}, by {first['author']}",
        "",
        *([f"- © {first['copyright']}"] if "copyright" in first else []),
        f"- Licence: [{first['licence']}]({first['licenceUrl']})",
        *([f"- {first['note']}"] if "note" in first else []),
        f"- Source: <{first['source']}>",
        f"- Taken from: `{first['originalFile']}` of {package}; its licence is stated in `{first['licenceStatedIn']}`",
        f"- Changes: {first['changes']}",
        "",
        "| photograph | part of the original |",
        "|---|---|",
        *(f"| {entry['file']} | {_part(entry)} |" for entry in entries),
    ]


def _part(entry: dict) -> str:
    """The crop in pixels or the view in degrees."""
    if "crop" in entry:
        crop = entry["crop"]
        return f"{crop['width']} x {crop['height']} pixels at {crop['left']}, {crop['top']}"
    view = entry["view"]
    return f"yaw {view['yaw']}°, pitch {view['pitch']}°, field of view {view['fieldOfView']}°"
