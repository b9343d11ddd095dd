package dev.coppice.core.failure;

import java.util.Locale;

/**
 * Stable names of failures. Scripts match on them, so a name is never renamed or reused; the text
 * beside it may change.
 */
public enum ErrorCode {
  /** An object's bytes do not hash to its name, or are not of the form its type demands. */
  OBJECT_CORRUPT,
  /** An object that something refers to is not in the repository. */
  OBJECT_MISSING,
  /** A ref, checksum or revision names nothing. */
  REV_NOT_FOUND,
  /** A shortened checksum fits several commits. */
  REV_AMBIGUOUS,
  /** A text is not a valid ref, refspec, collection id or revision. */
  REF_INVALID,
  /** A ref file holds something else than a checksum. */
  REF_CORRUPT,
  /** A ref is there already, or stands where another needs a directory. */
  REF_CONFLICT,
  /** A name is empty, {@code .}, {@code ..}, holds a slash or is not UTF-8. */
  NAME_INVALID,
  /** A path inside a tree does not exist or is of another kind. */
  PATH_NOT_FOUND,
  /** A text is not a path that a file of this machine can have. */
  PATH_INVALID,
  /** A file is of a kind that trees cannot hold: device, socket, fifo. */
  FILE_UNSUPPORTED,
  /** A tree has what an image of it cannot hold: too many attributes, too long a name. */
  IMAGE_UNSUPPORTED,
  /** The directory is not a repository, or one of a version or mode that is not known. */
  REPO_INVALID,
  /** The repository cannot do this in its mode or with its settings. */
  REPO_UNSUITABLE,
  /** The repository is locked by another process and the time to wait is over. */
  REPO_LOCKED,
  /** A configuration file has a line, key or value that cannot be read. */
  CONFIG_INVALID,
  /** Writing would leave less free space than the repository's settings demand. */
  SPACE_LOW,
  /** A text is not a valid GVariant, date, number or pattern. */
  INPUT_INVALID,
  /** The commit is only partly there. */
  COMMIT_PARTIAL,
  /** A checkout would have to replace or merge what it must not. */
  CHECKOUT_CONFLICT,
  /** A checkout's destination cannot be made: its parent is missing or no directory. */
  DESTINATION_INVALID,
  /** Options that exclude each other, or one that is missing. */
  USAGE,
  /** The directory is not a sysroot, or a part of it is not as it must be. */
  SYSROOT_INVALID,
  /** A deployment named by index or checksum does not exist or cannot be used so. */
  DEPLOYMENT_INVALID,
  /** Local changes of /etc and the new tree cannot be joined. */
  ETC_CONFLICT,
  /** The tree has no kernel where one must be. */
  KERNEL_MISSING,
  /** A signature is missing, unknown or wrong. */
  SIGNATURE_INVALID,
  /** A commit belongs to another ref or collection. */
  BINDING_MISMATCH,
  /** A commit is older than what it would replace. */
  COMMIT_OLDER,
  /** A signed summary is older than one that the remote had before. */
  SUMMARY_OLDER,
  /** A text is not an address that files can be fetched from. */
  URL_INVALID,
  /** A server could not be reached, or a connection broke and could not be resumed. */
  NETWORK_UNREACHABLE,
  /** A server answered with an error. */
  HTTP_STATUS,
  /** A server sent nothing, or too little, for too long. */
  NETWORK_STALLED,
  /** A server's certificate is not trusted, or a key or certificate cannot be used. */
  TLS_INVALID,
  /** A server redirected to where it must not. */
  REDIRECT_REFUSED,
  /** A server sent more than was announced or is allowed. */
  RESPONSE_TOO_LARGE,
  /** Something that must be signed has no signature. */
  SIGNATURE_MISSING,
  /** A signature was made by a key that is not trusted. */
  SIGNATURE_KEY_UNKNOWN,
  /** A signature, or the key that made it, has expired. */
  SIGNATURE_EXPIRED,
  /** The key that made a signature was revoked. */
  SIGNATURE_KEY_REVOKED,
  /** No key is configured to check signatures with, or a key cannot be read or used. */
  KEY_INVALID,
  /** A static delta that is named or demanded is not there. */
  DELTA_MISSING,
  /** A static delta is not of the form that it must have. */
  DELTA_MALFORMED,
  /** A static delta is made in a way that this version does not know. */
  DELTA_UNSUPPORTED,
  /** A static delta is not the one that was asked for, or leads to another commit. */
  DELTA_MISMATCH,
  /** A file of a static delta does not have the checksum that it was announced with. */
  DELTA_CORRUPT,
  /** A static delta points to bytes outside of itself or of a file that it starts from. */
  DELTA_OUT_OF_BOUNDS,
  /** A part of a static delta makes more or fewer objects than it announces. */
  DELTA_OBJECT_COUNT,
  /** A file of a static delta is larger than it may be, packed or unpacked. */
  DELTA_TOO_LARGE,
  /** A static delta starts from an object that is not here. */
  DELTA_SOURCE_MISSING,
  /** What a static delta makes is not the object that it announces. */
  DELTA_OBJECT_MISMATCH;

  /** The name as users see it, for example {@code object-corrupt}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
