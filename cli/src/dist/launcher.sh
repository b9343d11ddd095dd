#!/bin/sh
# Starts a program of Coppice under the name by which this file was called.
# No process is started before the JVM itself, except to resolve a symbolic link.
# COPPICE_JAVA names a java program; COPPICE_JAVA_OPTIONS is passed to it.

self=$0
if [ -h "$self" ]; then self=$(readlink -f "$self"); fi
case ${0##*/} in
  coppice | ostree | rpm-ostree) name=${0##*/} ;;
  *) name=${self##*/} ;;
esac
case $self in
  */*) home=${self%/*}/.. ;;
  *) home=.. ;;
esac
lib=$home/lib

# Whether the directory is a Java 25 or newer: the JDK states its version in a file.
suits() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  version=
  runtime=
  while read -r entry; do
    case $entry in
      JAVA_VERSION=*) version=${entry#*\"} ;;
      JAVA_RUNTIME_VERSION=*) runtime=${entry#*=} ;;
    esac
  done <"$1/release"
  version=${version%%[!0-9]*}
  [ "${version:-0}" -ge 25 ]
}

runtime=
java=$COPPICE_JAVA
if [ -z "$java" ]; then
  for jdk in "$home/runtime" "$JAVA_HOME" '@JAVA_HOME@' /usr/lib/jvm/*; do
    if suits "$jdk"; then
      java=$jdk/bin/java
      break
    fi
  done
fi
if [ -z "$java" ] && java=$(command -v java); then
  java=$(readlink -f "$java")
  suits "${java%/bin/java}" || java=
fi
if [ -z "$java" ]; then
  echo "error: $name needs Java 25 or newer; set COPPICE_JAVA to its java program" >&2
  exit 1
fi

# The JVM cannot pass file names that are not ASCII to the system in any other kind of locale.
case ${LC_ALL:-${LC_CTYPE:-$LANG}} in
  *UTF-8 | *utf8 | *UTF8 | *utf-8) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac

