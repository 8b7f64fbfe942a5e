# Sourced by ./simmer where the app is missing or out of date, with root and apps set: install_once
# builds what must be built, copies it to a folder of its own and makes that the current one.

. "$root/src/main/sh/find-jdk.sh"

main=dev.simmer.cli.Main

# older_than_sources FILE: whether the file is missing or a source is newer than it.
older_than_sources() {
    [ -f "$1" ] || return 0
    [ -n "$(find "$root/simmer" "$root/pom.xml" "$root/src/main" -newer "$1" -print -quit 2>/dev/null)" ]
}

# install_once: two at the same time make one installation.
install_once() {
    find_jdk || exit 2
    mkdir -p "$apps" || exit 2
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$root/.simmer/build.lock"
        flock 9
        { current_app && current_jdk; } || install_app 9>&-
        exec 9>&-
    else
        install_app
    fi
}

install_app() {
    fresh=$apps/$(date +%Y%m%d-%H%M%S)-$$
    mkdir "$fresh"
    : >"$fresh/built"
    if older_than_sources "$root/target/simmer.jar" || [ ! -d "$root/target/lib" ]; then
        need_maven || exit 2
        echo "simmer: building Simmer, this takes a minute …" >&2
        # As old as the build's begin: what changes meanwhile is newer.
        : >"$fresh/built"
        (cd "$root" && mvn -q -B -ntp -Dstyle.color=never package -Dmaven.test.skip=true) \
            </dev/null >&2 || {
            rm -rf "$fresh"
            echo "simmer: the build failed; see the messages above, or run $root/build" >&2
            exit 2
        }
    elif [ -z "$(find "$root/agents" -newer "$root/target/simmer.jar" -print -quit 2>/dev/null)" ]; then
        touch -r "$root/target/simmer.jar" "$fresh/built"
    fi
    cp "$root/target/simmer.jar" "$fresh/simmer.jar"
    cp -R "$root/target/lib" "$fresh/lib"
    # With their programs' rights to be executed.
    cp -Rp "$root/agents" "$fresh/agents"
    printf '%s\n' "$JAVA_HOME" >"$fresh/jdk"
    touch -r "$JAVA_HOME/lib/modules" "$fresh/jdk"
    take_native_libraries "$fresh"
    version=$("$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -cp "$fresh/simmer.jar:$fresh/lib/*" \
        "$main" --version 2>/dev/null) || version=
    describe_roles "$fresh"
    java_of client __complete verbs >"$fresh/verbs" 2>/dev/null || : >"$fresh/verbs"
    train "$fresh"
    printf '%s\n' "$fresh" >"$apps/current.$$"
    mv "$apps/current.$$" "$apps/current"
    remove_old_apps
}

# java_of ROLE WORD…: runs the fresh installation.
java_of() {
    role=$1
    shift
    "$JAVA_HOME/bin/java" "@$fresh/$role.args" "$main" "$@" </dev/null
}

# take_native_libraries FOLDER: out of the jars, as the libraries themselves name their folders.
take_native_libraries() {
    mkdir "$1/native"
    sqlite=$(echo "$1"/lib/sqlite-jdbc-*.jar)
    platform=$("$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -cp "$sqlite:$1/lib/*" \
        org.sqlite.util.OSInfo 2>/dev/null) || return 0
    take_one "$1" "$sqlite" "org/sqlite/native/$platform/libsqlitejdbc.so"
    case $(uname -s)-$(uname -m) in
        Linux-x86_64) jna=linux-x86-64 ;;
        Linux-aarch64) jna=linux-aarch64 ;;
        *) return 0 ;;
    esac
    take_one "$1" "$(echo "$1"/lib/jna-jpms-*.jar)" "com/sun/jna/$jna/libjnidispatch.so"
}

# take_one FOLDER JAR ENTRY: where the jar has none, the library unpacks its own at each start.
take_one() (
    mkdir "$1/unpacked"
    if cd "$1/unpacked" && "$JAVA_HOME/bin/jar" -xf "$2" "$3" && [ -f "$3" ]; then
        mv "$3" "$1/native/"
    fi
    rm -rf "$1/unpacked"
)

# argument TEXT: as a word of a java argument file.
argument() {
    printf '"%s"\n' "$(printf '%s\n' "$1" | sed 's/[\\"]/\\&/g')"
}

# describe_roles FOLDER: writes each role's argument file, and the script for the supervisor.
describe_roles() {
    small=$1/simmer.jar
    for name in picocli jackson-core jackson-dataformat-yaml snakeyaml pcollections; do
        for jar in "$1/lib/$name"-[0-9]*.jar; do
            small=$small:$jar
        done
    done
    rest=
    lanterna=
    for jar in "$1"/lib/*.jar; do
        case :$small: in *":$jar:"*) continue ;; esac
        case $jar in
            */lanterna-*) lanterna=:$jar ;;
            *) rest=$rest:$jar ;;
        esac
    done
    # A command ends before it pays to compile what a training run found hot.
    describe_role "$1" client "$small" -Xmx64m -XX:-AOTReplayTraining
    describe_role "$1" dashboard "$small$lanterna" -Xmx256m
    describe_role "$1" headless "$small$rest" -Xmx256m
    describe_role "$1" supervisor "$small$rest" -Xmx48m -XX:+ExitOnOutOfMemoryError \
        -XX:+DisplayVMOutputToStderr
    quoted=$(printf '%s\n' "$1" | sed "s/'/'\\\\''/g")
    cat >"$1/supervisor" <<TEXT
#!/bin/sh
app='$quoted'
IFS= read -r jdk <"\$app/jdk"
aot=
[ ! -f "\$app/supervisor.aot" ] || aot=-XX:AOTCache=\$app/supervisor.aot
exec "\$jdk/bin/java" \${aot:+"\$aot"} "@\$app/supervisor.args" $main supervisor serve
TEXT
    chmod 755 "$1/supervisor"
}

# describe_role FOLDER ROLE CLASSPATH OPTION…
describe_role() {
    folder=$1 described=$2 classes=$3
    shift 3
    # The caches are mapped where they were made for: to move them costs 5 ms (ArchiveRelocationMode).
    # The JVM's log would go to standard output, even that a cache is of no use.
    # With a provider named, the first socket does not look for one in all jars; native accessors spare
    # the first use of reflection (its secure random source) the making of classes.
    {
        printf '%s\n' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
            -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData \
            -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 \
            -Xlog:disable -Xlog:all=error:stderr "$@"
        printf '%s\n' -Djdk.reflect.useNativeAccessorOnly=true \
            -Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider
        [ -z "$version" ] || argument "-Dsimmer.version=${version#simmer }"
        argument "-Dsimmer.root=$root"
        argument "-Dsimmer.app=$folder"
        case $classes in */sqlite-jdbc-*)
            if [ -f "$folder/native/libsqlitejdbc.so" ]; then
                argument "-Dorg.sqlite.lib.path=$folder/native"
                argument "-Dorg.sqlite.lib.name=libsqlitejdbc.so"
            fi
            if [ -f "$folder/native/libjnidispatch.so" ]; then
                argument "-Djna.boot.library.path=$folder/native"
            fi
            ;;
        esac
        echo -cp
        argument "$classes"
    } >"$folder/$described.args"
}

# train FOLDER: runs each role for a moment, keeping what it loads and links; without that, starts are
# only slower. In a folder with a short name, as there is a socket in it.
train() {
    training=$(mktemp -d) || return 0
    (
        cd "$training"
        XDG_CONFIG_HOME=$training/config
        export XDG_CONFIG_HOME
        write_lesson
        train_headless "$1" &
        train_client_and_supervisor "$1"
        wait
    ) </dev/null >"$1/training.log" 2>&1 || :
    rm -rf "$training"
    [ -f "$1/dashboard.aot" ] || [ ! -f "$1/client.aot" ] || ln "$1/client.aot" "$1/dashboard.aot"
}

# trained FOLDER ROLE WORD…: runs a role in training; a run that fails teaches nothing.
trained() {
    trainee=$1/$2 options=$1/$2.args
    [ "$2" != quick ] || options=$1/client.args
    shift 2
    timeout 60 "$JAVA_HOME/bin/java" "@$options" -XX:AOTCacheOutput="$trainee.aot" "$@" || {
        echo "training $trainee failed: $?"
        rm -f "$trainee.aot"
    }
}

# Writes what the trainees run to simmer.yaml.
write_lesson() {
    {
        printf 'version: 1\nlimits: {parallel: 4}\ntasks:\n  first: echo first\n'
        n=0
        while [ $n -lt 300 ]; do
            n=$((n + 1))
            echo "  task$n: {run: echo $n, needs: [first]}"
        done
    } >simmer.yaml
}

# With all compilers, so that it is known what gets hot.
train_headless() {
    SIMMER_HOME=$training/headless
    export SIMMER_HOME
    trained "$1" headless -XX:TieredStopAtLevel=4 "$main" --headless --output quiet
}

# Clients talk to a supervisor. The one that is in training takes over what another one left, so that
# it learns that too. The rehearsal ends it.
train_client_and_supervisor() {
    SIMMER_HOME=$training/home
    export SIMMER_HOME
    mkdir -m 700 "$SIMMER_HOME"
    java_of supervisor supervisor serve &
    await_supervisor $!
    trained "$1" quick dev.simmer.cli.Rehearsal quick
    java_of client supervisor stop
    trained "$1" supervisor "$main" supervisor serve &
    await_supervisor $!
    trained "$1" client dev.simmer.cli.Rehearsal
    wait $serving
}

# await_supervisor PID: until it listens.
await_supervisor() {
    serving=$1
    waited=0
    while [ ! -e "$SIMMER_HOME/supervisor.sock" ] && [ $waited -lt 100 ] && kill -0 $serving; do
        waited=$((waited + 1))
        sleep 0.1
    done
}

# remove_old_apps: two older copies stay, and all that a process runs from.
remove_old_apps() {
    # shellcheck disable=SC2012
    ls -1d "$apps"/*-*/ | sort -r | tail -n +4 | while IFS= read -r old; do
        grep -qsF -- "${old%/}/" /proc/[0-9]*/cmdline || rm -rf "$old"
    done
}
