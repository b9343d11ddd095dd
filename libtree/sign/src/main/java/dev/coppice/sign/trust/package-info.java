/**
 * Whom a remote's configuration trusts: {@link dev.coppice.sign.trust.TrustPolicy} joins the
 * verifiers that {@code gpg-verify}, {@code sign-verify} and their kin for summaries ask for.
 * Stands above {@code openpgp}, which stands above the plain types.
 */
@NullMarked
package dev.coppice.sign.trust;

import org.jspecify.annotations.NullMarked;
