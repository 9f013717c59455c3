"""A real browser executes nothing of what artlint writes.

Needs Chromium (Debian: `apt-get install chromium`); the network is cut off.
"""

from __future__ import annotations

import html
import json
import os
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import artlint
from tests.judges import body_of
from tests.vectors import vectors

CHROMIUM = shutil.which(os.environ.get("ARTLINT_CHROMIUM", "chromium")) or shutil.which("chromium-browser")
HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update"
    " --host-resolver-rules=MAP * ~NOTFOUND"
)
# Each text is a page of its own in a frame; `run` says that it ran. Every handler is fired, every
# script link followed, and the markup is written back once (a parser may change its mind).
PAGE = """<!doctype html><meta charset=utf-8><body><script>
const texts = %s, ran = new Set();
addEventListener('message', e => ran.add(e.data));
const fire = (w, id) => { for (const e of w.document.querySelectorAll('*')) {
  for (const a of [...e.attributes]) if (/^on/i.test(a.name))
    try { e.dispatchEvent(new w.Event(a.name.slice(2))) } catch {}
  for (const n of ['href', 'action', 'formaction', 'src', 'data']) {
    const v = e.getAttribute(n) || (e.getAttributeNS && e.getAttributeNS('http://www.w3.org/1999/xlink', n));
    if (v) try { if (/^(java|vb)script:/.test(new URL(v, 'http://x/').protocol)) ran.add(id) } catch {}
  } } };
const one = id => new Promise(done => {
  const f = document.createElement('iframe'); f.sandbox = 'allow-scripts allow-same-origin';
  f.srcdoc = '<!doctype html><script>window.run = () => parent.postMessage(' + id + ', "*")<' +
    '/script><div id=judge>' + texts[id] + '</div>';
  f.onload = () => { f.onload = null; try { fire(f.contentWindow, id);
    const root = f.contentDocument.getElementById('judge') || f.contentDocument.body;
    root.innerHTML = root.innerHTML; fire(f.contentWindow, id) } catch {}
    setTimeout(() => { f.remove(); done() }, 60) };
  setTimeout(() => { f.remove(); done() }, 2000);
  document.body.append(f) });
(async () => { for (let i = 0; i < texts.length; i += 25)
  await Promise.all(texts.slice(i, i + 25).map((_, k) => one(i + k)));
  document.body.innerHTML = ''; document.title = 'ran ' + JSON.stringify([...ran]) })();
</script>"""


def executed(texts: list[str], folder: Path) -> set[int]:
    """The indices of the texts that run something in Chromium."""
    page = folder / "page.html"
    page.write_text(
        PAGE % json.dumps(texts).replace("</", "<\\/").replace("<!--", "<\\!--"), encoding="utf-8"
    )
    seen = ""
    for patience in (1, 5, 20):  # a busy machine takes longer
        seen = _dumped(page, folder / "profile", patience * (2_000 + 40 * len(texts)))
        if found := re.search(r"<title>ran (\[.*?\])</title>", seen):
            return set(json.loads(html.unescape(found.group(1))))
    raise AssertionError(f"Chromium did not come to the end of the page: {seen[-500:]}")


def _dumped(page: Path, profile: Path, milliseconds: int) -> str:
    """The page after so much real time: `--virtual-time-budget` stops at a frame that loads nothing."""
    assert CHROMIUM
    command = [CHROMIUM, *FLAGS.split(" --"), f"--user-data-dir={profile}"]
    command = [part if part.startswith(("--", "/")) else f"--{part}" for part in command]
    command += [f"--timeout={milliseconds}", "--virtual-time-budget=120000", "--dump-dom", page.as_uri()]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=True).stdout


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt-get install chromium)")
def test_nothing_executes(tmp_path: Path) -> None:
    attacks = random.Random(5).sample(sorted(set(vectors())), 150)
    control = executed([attack.replace("run()", "run(1)") for attack in attacks], tmp_path)
    assert len(control) > 0.45 * len(attacks), f"the control ran only {len(control)} of {len(attacks)}"
    for path in ("article.md", "article.html"):
        results = [artlint.fix(HEAD + attack, path=path) for attack in attacks]
        assert not any(result.refused for result in results)
        texts = [body_of(result.text) for result in results]
        ran = executed(texts, tmp_path)
        code = {index for index in ran if path == "article.md" and attacks[index].startswith("`")}
        assert {attacks[index]: texts[index] for index in ran - code} == {}
