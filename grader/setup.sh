# setup.sh: looks at what the course needs, and installs what this machine lacks, asking first.
#
# Read by the launcher `lab`, which has set $root, $state, $command and $modules. Leaves $py, the
# interpreter, and .lab/python for the next start. LAB_YES=1 installs without asking.
# shellcheck shell=sh disable=SC2015,SC2154 # `a && b || c` means what it says here

wanted='wanted: g++ 12 or clang++ 16, cmake 3.25, python 3.11, or later'

# look: fills $missing with what is not there or too old, and $files with what is.
look() {
    missing='' files=''
    find_compiler || missing="$missing compiler"
    find_cmake || missing="$missing cmake"
    find_ninja || missing="$missing ninja"
    find_header doctest/doctest.h || missing="$missing doctest"
    find_header nlohmann/json.hpp || missing="$missing nlohmann-json"
    find_python || missing="$missing $modules"
    [ -n "$plain" ] || missing="$missing python"
}
found() { files="$files$1
"; }
find_compiler() { # the one that CMake would take, else the first that is new enough
    for cxx in "${CXX:-c++}" g++ clang++ g++-14 g++-13 g++-12 clang++-19 clang++-18; do
        path=$(command -v "$cxx") && version=$("$path" -dumpversion 2>/dev/null) || continue
        case $("$path" --version) in *Apple*) least=15 ;; *clang*) least=16 ;; *) least=12 ;; esac
        [ "${version%%.*}" -ge "$least" ] 2>/dev/null || continue
        if [ "$cxx" != "${CXX:-c++}" ]; then export CXX="$path" && path=CXX=$path; fi
        found "$path" && return 0
    done
    return 1
}
find_cmake() {
    path=$(command -v cmake) && version=$(cmake --version 2>/dev/null) || return 1
    version=${version#cmake version } && minor=${version#*.}
    [ "$((${version%%.*} * 100 + ${minor%%.*}))" -ge 325 ] && found "$path"
}
find_ninja() { path=$(command -v ninja || command -v ninja-build) && found "$path"; }
find_header() {
    for folder in "${CMAKE_PREFIX_PATH:-/usr}" /usr /usr/local /opt/homebrew; do
        [ -e "$folder/include/$1" ] && found "$folder/include/$1" && return 0
    done
    return 1
}
find_python() { # sets $py, which has every module, or at least $plain, which is new enough
    py='' plain=''
    for python in python3 /usr/bin/python3 "$state/venv/bin/python"; do
        # shellcheck disable=SC2086 # the modules are separate words
        lines=$("$python" -c 'import importlib, sys
sys.version_info < (3, 11) and sys.exit(1)
print(sys.executable)
for name in sys.argv[1:]: print(importlib.import_module(name).__file__)' $modules 2>/dev/null)
        status=$? first=${lines%%
*}
        plain=${plain:-$first}
        [ "$status" = 0 ] && py=$first && files="$lines
modules=$modules
$files" && return 0
    done
    return 1
}

# package NAME: the package that holds it, as $manager calls it (a test compares with tools.py).
package() {
    case $manager:$1 in
    apt-get:compiler) echo g++ ;;
    dnf:compiler) echo gcc-c++ libasan libubsan ;;
    *:compiler) echo gcc ;;
    apt-get:ninja | dnf:ninja) echo ninja-build ;;
    apt-get:doctest) echo doctest-dev ;;
    dnf:doctest) echo doctest-devel ;;
    apt-get:nlohmann-json) echo nlohmann-json3-dev ;;
    dnf:nlohmann-json) echo json-devel ;;
    pacman:python | *:cmake | *:ninja | *:doctest | *:nlohmann-json) echo "$1" ;;
    *:python) echo python3 ;;
    brew:*) ;; # modules come by pip, into a virtual environment
    pacman:jinja2) echo python-jinja ;;
    pacman:*) echo "python-$1" ;;
    *) echo "python3-$1" ;;
    esac
}

plan() { # what to run, and with which rights; $refusal says why nothing can be run
    manager='' install='' sudo='' as_root='' tools='' parts='' refusal=''
    for name in apt-get dnf pacman brew; do
        command -v $name >/dev/null && manager=$name && break
    done
    for name in $missing; do
        case " $modules " in
        *" $name "*) parts="$parts $(package "$name")" ;;
        *) tools="$tools $(package "$name")" ;;
        esac
    done
    case $manager in
    apt-get) install='apt-get install -y --no-install-recommends' ;;
    dnf) install='dnf install -y' ;;
    pacman) install='pacman -Sy --needed --noconfirm' ;;
    brew) install='brew install' ;;
    *) refusal='there is no apt-get, dnf, pacman or brew here: install them by hand' && return ;;
    esac
    [ "$manager" != brew ] && [ "$(id -u)" != 0 ] || return 0
    sudo='sudo ' as_root='sudo -n'
    [ ! -t 0 ] || as_root=sudo
    command -v sudo >/dev/null ||
        refusal="you are not root and there is no sudo: have root run: $install$tools$parts"
}

# shellcheck disable=SC2086 # commands and packages are separate words
run_install() { # the second try is for package lists that are too old
    [ -n "$1" ] && [ -z "$refusal" ] || return 1
    if [ "$manager" != apt-get ]; then $as_root $install $1; return; fi
    set -- "$as_root env DEBIAN_FRONTEND=noninteractive" "$1"
    ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1 || $1 apt-get update
    $1 $install $2 || { $1 apt-get update && $1 $install $2; }
}

# shellcheck disable=SC2086 # the modules are separate words
make_venv() { # for the Python part, where no package serves
    [ -n "$plain" ] || return 1
    say "no packages serve for $modules: making a virtual environment in $state/venv"
    if ! "$plain" -m venv "$state/venv"; then
        [ "$manager" = apt-get ] && run_install python3-venv || return 1
        "$plain" -m venv --clear "$state/venv" || return 1
    fi
    "$state/venv/bin/python" -m pip install --quiet --disable-pip-version-check $modules
}

remember() { printf '%s' "$files" >"$state/python.$$" && mv -f "$state/python.$$" "$state/python"; }

setup() {
    look
    [ -n "$missing" ] || { remember && return; }
    case $command in doctor | list | read | next | -h | --help) [ -z "$py" ] || return 0 ;; esac
    plan
    lacks="missing or too old:$missing ($wanted)"
    by_hand=${refusal:-run: $sudo$install$tools$parts}
    if [ "$command" = doctor ]; then say "$lacks; $by_hand" && exit 1; fi
    # Without the right to install, a virtual environment still helps when only modules lack.
    if [ -n "$refusal" ]; then
        [ -n "$plain" ] && [ -z "$tools" ] || give_up "$lacks; $by_hand"
        by_hand="pip puts them into a virtual environment in $state/venv"
    fi
    say "$lacks"
    say "to set this up, $by_hand"
    if [ -t 0 ] && [ -t 2 ] && [ "${LAB_YES-}" != 1 ]; then
        printf 'Install now? [Y/n] ' >&2
        read -r answer || answer=n
        case $answer in [nN]*) give_up "nothing was installed; $by_hand" ;; esac
    fi
    run_install "$tools" >&2
    find_python || { run_install "$parts" >&2 && find_python; } || make_venv >&2
    look
    [ -z "$missing" ] || give_up "could not install:$missing ($wanted). By hand, $by_hand"
    remember
}

setup
