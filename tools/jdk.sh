# find_jdk: sets JAVA_HOME to a JDK of at least version 25. Sourced by the launchers; POSIX sh.
# Looks through JAVA_HOME, PATH and the usual folders of Linux, macOS and SDKMAN, and reads each
# candidate's `release` file: that takes milliseconds, where asking each `java -version` takes seconds.

jdk_version() { # prints the feature version of the JDK in $1, or nothing
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        line=${line#JAVA_VERSION=}; line=${line#\"}; line=${line%%[!0-9]*}
        printf '%s' "$line"
        return 0 ;;
    esac
  done < "$1/release"
}

jdk_suits() {
  version=$(jdk_version "$1")
  [ -n "$version" ] && [ "$version" -ge 25 ]
}

find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && jdk_suits "$JAVA_HOME"; then
    export JAVA_HOME
    return 0
  fi
  on_path=$(command -v javac 2>/dev/null || true)
  if [ -n "$on_path" ]; then
    real=$(readlink -f "$on_path" 2>/dev/null || printf '%s' "$on_path")
    home=${real%/bin/javac}
    if jdk_suits "$home"; then
      JAVA_HOME=$home
      export JAVA_HOME
      return 0
    fi
  fi
  best=0
  for home in \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
    "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/* \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
  do
    jdk_suits "$home" || continue
    # The lowest that suits: it is the one everything is tested on.
    if [ "$best" -eq 0 ] || [ "$version" -lt "$best" ]; then
      best=$version
      JAVA_HOME=$home
    fi
  done
  if [ "$best" -ne 0 ]; then
    export JAVA_HOME
    return 0
  fi
  cat >&2 <<'TEXT'
bylaw: no JDK of version 25 or later was found (looked in JAVA_HOME, on PATH, and in the usual folders).
  Install one, then run this again:
    Debian, Ubuntu   apt-get install temurin-25-jdk     (packages of Eclipse Adoptium)
    macOS            brew install openjdk@25
    SDKMAN           sdk install java 25-tem
  or point JAVA_HOME at one:  JAVA_HOME=/path/to/jdk-25 ./bylaw demo
TEXT
  return 1
}
