# Sourced by ./simmer and ./build: find_jdk sets and exports JAVA_HOME to a JDK of version 25 or
# newer, or says on stderr what to install and returns 1. The version is read from the JDK's
# `release` file; a Java is only started to ask it where it has none.

jdk_least=25

# is_new_jdk FOLDER: whether the folder holds a JDK (with a compiler) that is new enough.
is_new_jdk() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
    jdk_version=
    if [ -r "$1/release" ]; then
        while IFS= read -r jdk_line || [ -n "$jdk_line" ]; do
            case $jdk_line in
                JAVA_VERSION=*) jdk_version=${jdk_line#JAVA_VERSION=} ;;
            esac
        done <"$1/release"
    else
        jdk_version=$("$1/bin/javac" -version 2>&1) || return 1
        jdk_version=${jdk_version#javac }
    fi
    jdk_version=${jdk_version#\"}
    jdk_version=${jdk_version%%[!0-9]*}
    [ -n "$jdk_version" ] && [ "$jdk_version" -ge "$jdk_least" ]
}

# use_jdk FOLDER: takes the folder where it holds a JDK that is new enough.
use_jdk() {
    is_new_jdk "$1" || return 1
    JAVA_HOME=$1
    export JAVA_HOME
}

find_jdk() {
    [ -n "${JAVA_HOME:-}" ] && use_jdk "$JAVA_HOME" && return 0
    if jdk_java=$(command -v java) && jdk_java=$(readlink -f "$jdk_java" 2>/dev/null); then
        use_jdk "${jdk_java%/bin/java}" && return 0
    fi
    for jdk_folder in \
        /usr/lib/jvm/* /usr/java/* /usr/local/java/* /usr/local/lib/jvm/* /opt/* /opt/java/* \
        /opt/jdk/* "${HOME:-/nowhere}"/.sdkman/candidates/java/* "${HOME:-/nowhere}"/.jdks/* \
        "${HOME:-/nowhere}"/.local/share/mise/installs/java/* \
        "${HOME:-/nowhere}"/.asdf/installs/java/* /snap/openjdk/current/jdk \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk; do
        use_jdk "$jdk_folder" && return 0
    done
    cat >&2 <<TEXT
simmer: no JDK $jdk_least or newer was found (in JAVA_HOME, PATH, /usr/lib/jvm, /opt, ~/.sdkman, …).
Install one, for instance
  Debian, Ubuntu:  apt-get install openjdk-$jdk_least-jdk-headless
  Fedora:          dnf install java-$jdk_least-openjdk-devel
  SDKMAN:          sdk install java $jdk_least-tem
or unpack any JDK $jdk_least and set JAVA_HOME to its folder.
TEXT
    return 1
}

# need_maven: whether Maven is there; else says how to get it.
need_maven() {
    command -v mvn >/dev/null 2>&1 && return 0
    cat >&2 <<TEXT
simmer: Maven (mvn) is needed to build Simmer and was not found.
Install it, for instance
  Debian, Ubuntu:  apt-get install maven
  Fedora:          dnf install maven
  SDKMAN:          sdk install maven
TEXT
    return 1
}
