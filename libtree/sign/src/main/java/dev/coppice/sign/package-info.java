/**
 * Signatures over commits, summaries and delta superblocks.
 *
 * <p>What is signed is always the exact bytes of the object. {@link Signatures} is where they are
 * kept, a {@link Signer} makes one, a {@link Verifier} judges those of one {@link SignatureType},
 * and {@code trust.TrustPolicy} joins the verifiers that a remote's configuration asks for. One
 * good signature of a trusted key that is not revoked is enough; where a remote asks for OpenPGP
 * and for another type, each must have one. OpenPGP is in {@code openpgp}, the only package that
 * loads Bouncy Castle; the other types use the JDK.
 */
@NullMarked
package dev.coppice.sign;

import org.jspecify.annotations.NullMarked;
