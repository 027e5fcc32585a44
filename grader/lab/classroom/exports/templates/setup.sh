#!/bin/sh
# setup.sh: makes Gradescope's machine ready for Event Loop Lab, once, when the image is built.
#
# Runs as root in /autograder/source. Needs Debian 12, Ubuntu 24.04, or later: choose such a base
# image beside the upload. The checkers are built here, so that no submission waits for them.
set -eu
base=${LAB_AUTOGRADER:-/autograder}

export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -q -y --no-install-recommends @(packages)@

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "setup.sh: this image has Python $(python3 --version): choose Ubuntu 24.04 or later" >&2
    exit 1
}

cd "$base/source/course"
if [ -f policy.toml ]; then chmod 600 policy.toml; fi # it may hold the seed of the class
PYTHONPATH=grader python3 -P -m lab.classroom.exports.ahead@(names)@
