# Short commands gain from the quick compiler, long ones from the good one.
verb=
for word; do
  case $word in
    -*) ;;
    *)
      verb=$word
      break
      ;;
  esac
done
case $verb in
  checkout | prune | summary) speed=@CALLS@ ;;
  pull | mirror) speed=@NETWORK@ ;;
  commit | fsck | pull-local | publish | create-usb | export | diff | admin | tour)
    speed=@LONG@
    ;;
  *) speed=@SHORT@ ;;
esac
# An image with digests hashes all content, which only the good compiler makes fast.
case "$verb $* " in
  checkout\ *' --composefs '*) speed=@LONG@ ;;
esac
# Making deltas takes two encoders of xz with their dictionaries; applying one, or looking into it, a
# decoder.
case "$verb $* " in
  *static-delta\ *'generate '* | deltas\ *'publish '*) speed=@HEAVY@ ;;
  *static-delta\ *'apply-offline '* | *static-delta\ *'show '*) speed=@LONG@ ;;
esac
# A commit of hard links into the repository reads next to nothing.
case "$verb $* " in
  commit\ *--link-checkout-speedup* | commit\ *--devino-canonical* | commit\ *' -I '*) speed=@CALLS@ ;;
esac

# The cache belongs to exactly these jars (its name carries their hash) and to one build of the
# JVM. A missing one would make the JVM complain on standard output, so it is looked for first.
built='@RUNTIME@'
cache=-XX:AOTCache=$lib/@CACHE@
if [ ! -r "$lib/@CACHE@" ] || [ "${runtime:-$built}" != "$built" ]; then
  cache=-Xshare:auto
fi

# shellcheck disable=SC2086 # options are words
exec "$java" "$cache" -Xlog:disable -XX:-UsePerfData $speed $COPPICE_JAVA_OPTIONS \
  "-Dcoppice.name=$name" -jar "$lib/@JAR@" "$@"
