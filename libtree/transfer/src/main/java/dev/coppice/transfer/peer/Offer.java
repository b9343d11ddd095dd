package dev.coppice.transfer.peer;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionRef;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the summary of a place says that it has of the refs that are wanted.
 *
 * @param url the address of the place
 * @param lastModified when the summary was made
 */
record Offer(Place place, String url, OptionalLong lastModified, Map<CollectionRef, Ref> refs) {
  /**
   * A commit that is offered.
   *
   * @param size bytes of the commit object
   * @param timestamp when it was made, in seconds since 1970; 0 when that is beyond all times
   */
  record Ref(Checksum commit, long size, long timestamp) {}

  /**
   * Makes sure that what is said of commits is what others say of them.
   *
   * @param known what others say, to which this is added
   * @throws Failure when it is not, for then somebody is wrong
   */
  void requireConsistent(Map<Checksum, Ref> known) {
    for (Ref ref : refs.values()) {
      Ref before = known.get(ref.commit());
      if (before != null && !before.equals(ref)) {
        throw new Failure(
            ErrorCode.OBJECT_CORRUPT,
            "Its summary says that commit "
                + ref.commit()
                + " has "
                + ref.size()
                + " bytes and was made at "
                + ref.timestamp()
                + "; others say "
                + before.size()
                + " and "
                + before.timestamp(),
            "Have the summary made anew there with 'summary -u'.");
      }
    }
    refs.values().forEach(ref -> known.put(ref.commit(), ref));
  }
}
