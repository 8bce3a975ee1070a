"""Makes `.venv` from the locks, and installs what the tests need of the system.

    python3 .ci/setup.py run           what the journal needs to run
    python3 .ci/setup.py test          that, and what its tests need
    python3 .ci/setup.py test system   and Chromium, Chinese fonts, Java
    python3 .ci/setup.py wheels        packs what it needs to run, for a machine without an index

WHEELS=FOLDER installs from what was packed, and asks no index.

What is there is left alone, what was interrupted is made again, and whatever is missing is said
in one sentence. Written so that an old Python can read it, and say that it is too old.
"""

import fcntl
import glob
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
# Made beside, and put in the place of the other once it is whole: a site that runs from the old one
# is not touched where the packages cannot be had.
BESIDE, BEFORE = VENV + ".new", VENV + ".old"
LOCKS = {"run": ["requirements.txt"], "test": ["requirements.txt", "requirements-test.txt"]}
CHROMIUM = "/usr/bin/chromium"
#: Where `make wheels` packs to, and the file in it that says for which Python.
PACKED, FOR = os.path.join(ROOT, "var", "wheels"), "python.txt"


def main():
    for what in sys.argv[1:]:
        if what == "system":
            make_system()
            continue
        check_python()
        try:
            if what == "wheels":
                pack_wheels()
            else:
                make_venv(what)
        except (OSError, subprocess.CalledProcessError) as broken:
            remove(BESIDE)
            stop(
                f"It was not made: {broken}. Is the disk full? {free_space()} "
                "What ran before still runs.",
                f"没有做成：{broken}。磁盘满了吗？{free_space()}腾出 1 GB 以后再运行一次。"
                "原来能运行的没有动。",
            )


def stop(english, chinese):
    sys.exit(f"\n{english}\n{chinese}")


def check_python():
    found = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if sys.version_info < (3, 11):
        stop(
            f"Python 3.11 or newer is needed, this is {found}: install it, and name it if need be "
            "(`make demo PYTHON=python3.12`).",
            f"需要 Python 3.11 或更新的版本（现在是 {found}）：请先安装，必要时指明"
            "（`make demo PYTHON=python3.12`）。",
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        command = f"apt-get install python{found}-venv"
        stop(
            f"Python's venv is missing: install it (Debian, Ubuntu: `{command}`).",
            f"缺少 Python 的 venv：请先安装（Debian、Ubuntu：`{command}`）。",
        )


def make_venv(what):
    # Two makes at once (the demo in one window, the tests in the other) take turns.
    fcntl.flock(os.open(ROOT, os.O_RDONLY), fcntl.LOCK_EX)
    if os.path.lexists(BEFORE) and not os.path.lexists(VENV):
        os.rename(BEFORE, VENV)
    if is_current("test") or (what == "run" and is_current("run")):
        return
    # The tests' packages come on top of the journal's, so a demo that is running goes on running.
    # In every other case the old environment may hold what the lock no longer names.
    if is_current("run"):
        install_packages(what, VENV)
    else:
        from_where()
        print("Making .venv … 正在准备运行环境……")
        sys.stdout.flush()
        remove(BESIDE)
        subprocess.check_call([sys.executable, "-m", "venv", BESIDE])
        install_packages(what, BESIDE)
        put_in_place()


def free_space():
    where = {ROOT: "", tempfile.gettempdir(): ""}
    for place in where:
        where[place] = f"{place}: {shutil.disk_usage(place).free / 1e9:.1f} GB. "
    return "".join(where.values())


def install_packages(what, place):
    pip = [os.path.join(place, "bin", "python"), "-m", "pip", "install", "--quiet"]
    try:
        subprocess.check_call([*pip, *from_where(), *as_locked(what)])
    except subprocess.CalledProcessError:
        if place == BESIDE:
            remove(BESIDE)
        stop(
            "The packages could not be installed: see above (is the package index reachable? is "
            f"the disk full? {free_space()}). What ran before still runs.",
            "依赖包没有装上，原因见上（能连到软件源吗？磁盘满了吗？内网没有软件源，见 "
            "docs/running.zh.md）。原来能运行的没有动。",
        )
    with open(stamp(what, place) + ".new", "w") as file:
        file.write(wanted(what))
    os.replace(stamp(what, place) + ".new", stamp(what, place))


def as_locked(what):
    lock = os.path.join(ROOT, LOCKS[what][-1])
    return ["--disable-pip-version-check", "--require-hashes", "-r", lock]


def from_where():
    """What was packed by `make wheels`, where WHEELS names it."""
    packed = os.environ.get("WHEELS", "")
    if not packed:
        return []
    try:
        with open(os.path.join(packed, FOR)) as file:
            there = file.read().strip()
    except OSError:
        stop(
            f"WHEELS={packed} is no folder that `make wheels` made.",
            f"WHEELS={packed} 不是 make wheels 做出来的目录，请查路径。",
        )
    if there != this_python():
        stop(
            f"What is in {packed} was packed for {there}, this is {this_python()}: pack it again "
            "with the same Python on a machine of the same kind.",
            f"{packed} 里是给 {there} 打的包，这里是 {this_python()}：请在同样的系统上用同样的 "
            "Python 再运行一次 make wheels。",
        )
    return ["--no-index", "--find-links", os.path.abspath(packed)]


def this_python():
    return f"Python {sys.version_info[0]}.{sys.version_info[1]}, {sysconfig.get_platform()}"


def pack_wheels():
    """Beside first: a folder of that name is whole."""
    beside = PACKED + ".new"
    remove(beside)
    os.makedirs(beside)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--only-binary", ":all:"]
    try:
        subprocess.check_call([*pip, "--no-deps", "--dest", beside, *as_locked("run")])
    except subprocess.CalledProcessError:
        remove(beside)
        stop(
            "The packages could not be had: see above (is the package index reachable?).",
            "依赖包没有取到，原因见上（能连到软件源吗？）。",
        )
    with open(os.path.join(beside, FOR), "w") as file:
        file.write(this_python() + "\n")
    remove(PACKED)
    os.rename(beside, PACKED)
    print(
        f"{len(os.listdir(PACKED)) - 1} packages in {PACKED}, for {this_python()}.\n"
        f"打好了：{PACKED}。把整个程序目录连同它拷到内网的机器上，运行：\n"
        "  WHEELS=var/wheels python3 .ci/setup.py run"
    )


def put_in_place():
    """Scripts name the folder that they were made in; so they are told the one that they stand in.
    Whoever is killed between the two renames has the old one back by the next run.
    """
    bin_folder = os.path.join(BESIDE, "bin")
    for path in [os.path.join(bin_folder, name) for name in os.listdir(bin_folder)]:
        if os.path.isfile(path) and not os.path.islink(path):
            rename_within(path)
    rename_within(os.path.join(BESIDE, "pyvenv.cfg"))
    remove(BEFORE)
    if os.path.lexists(VENV):
        os.rename(VENV, BEFORE)
    os.rename(BESIDE, VENV)
    remove(BEFORE)


def rename_within(path):
    with open(path, "rb") as file:
        data = file.read()
    if os.fsencode(BESIDE) in data:
        with open(path, "wb") as file:
            file.write(data.replace(os.fsencode(BESIDE), os.fsencode(VENV)))


def remove(path):
    if os.path.islink(path):
        os.remove(path)
    else:
        shutil.rmtree(path, ignore_errors=True)


def is_current(what):
    """Whether a set-up from the locks of today came to its end."""
    try:
        with open(stamp(what)) as file:
            return file.read() == wanted(what) and os.access(VENV + "/bin/python", os.X_OK)
    except OSError:
        return False


def stamp(what, place=VENV):
    return os.path.join(place, "installed-" + what)


def wanted(what):
    """The locks themselves and the place: an environment that was moved does not work."""
    parts = [VENV, str(sys.version_info[:2])]
    for lock in LOCKS[what]:
        with open(os.path.join(ROOT, lock)) as file:
            parts.append(file.read())
    return "\n".join(parts)


def make_system():
    missing = [package for package, is_there in PACKAGES.items() if not is_there()]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install(missing)
        missing = [package for package, is_there in PACKAGES.items() if not is_there()]
    if missing:
        names = " ".join(missing)
        stop(
            "The tests need Chromium, Chinese fonts and Java; install what is missing (Debian: "
            f"`sudo apt-get install {names}`; elsewhere Chromium by `.venv/bin/playwright install "
            "chromium`).",
            "测试需要 Chromium、中文字体和 Java，请先安装缺少的（Debian："
            f"`sudo apt-get install {names}`；其他系统上 Chromium 用 `.venv/bin/playwright "
            "install chromium`）。",
        )


def install(packages):
    print(f"Installing {', '.join(packages)} … 正在安装……")
    sys.stdout.flush()
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    install_them = ["install", "-y", "--no-install-recommends"]
    quietly = {"env": environment, "stdout": subprocess.DEVNULL}
    subprocess.call([*apt, "update"], **quietly)
    if subprocess.call([*apt, *install_them, *packages], **quietly) != 0:
        return
    if "chromium" in packages and not has_chromium():
        # Ubuntu's package of that name is an empty one that points at a snap.
        playwright = os.path.join(VENV, "bin", "playwright")
        subprocess.call([playwright, "install", "--with-deps", "chromium"])


def has_chromium():
    if os.path.exists(CHROMIUM):
        return runs([CHROMIUM, "--version"])
    ask = "from playwright.sync_api import sync_playwright as s; p = s().start(); "
    ask += "print(p.chromium.executable_path); p.stop()"
    answer = subprocess.run(
        [os.path.join(VENV, "bin", "python"), "-c", ask], stdout=subprocess.PIPE, check=False
    )
    return os.path.exists(answer.stdout.decode().strip())


def has_chinese_fonts():
    if sys.platform == "darwin":
        return True
    if shutil.which("fc-list"):
        return bool(subprocess.check_output(["fc-list", ":lang=zh-cn", "family"]).strip())
    return bool(glob.glob("/usr/share/fonts/**/Noto*CJK*", recursive=True))


def has_java():
    return runs(["java", "-version"])


def runs(command):
    try:
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


PACKAGES = {
    "chromium": has_chromium,
    "fonts-noto-cjk": has_chinese_fonts,
    "default-jre-headless": has_java,
}

if __name__ == "__main__":
    main()
