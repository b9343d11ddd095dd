package dev.coppice.sign.openpgp;

/** A user id taken apart: {@code Name (Comment) <mail>}. */
record UserId(String name, String email) {
  static UserId of(String text) {
    int open = text.lastIndexOf('<');
    int close = text.lastIndexOf('>');
    if (open < 0 || close < open) {
      return new UserId(text.strip(), "");
    }
    String before = text.substring(0, open).strip();
    int comment = before.indexOf('(');
    String name = comment > 0 && before.endsWith(")") ? before.substring(0, comment) : before;
    return new UserId(name.strip(), text.substring(open + 1, close));
  }

  /** As the real tool puts it into a line. */
  String quoted() {
    return "\"" + name + " <" + email + ">\"";
  }
}
