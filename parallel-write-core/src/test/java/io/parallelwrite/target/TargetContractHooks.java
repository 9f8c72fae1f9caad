package io.parallelwrite.target;

import static io.parallelwrite.target.TargetDriver.digestOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The hooks of {@link TargetContract}: where the target comes from, and what its kind can and cannot do. */
public abstract class TargetContractHooks {

    Target target;
    TargetDriver driver;

    /**
     * Returns a target over a fresh and empty place; {@link Target#initialize()} is called by the contract.
     *
     * @return the target
     * @throws Exception if the place could not be made
     */
    protected abstract Target newTarget() throws Exception;

    /**
     * Checks, after every test, that no staged bytes are left. Does nothing by default.
     *
     * @param target the target, on which no write is open
     * @throws Exception if something is left, or could not be checked
     */
    protected void assertNothingLeftBehind(Target target) throws Exception {}

    /**
     * Returns another target over the same place, as another process has it; initialized and closed by the contract. By
     * default there is none, because nothing that is staged outlives its process.
     *
     * @param target the target
     * @return the other target, or {@code null}
     * @throws Exception if it could not be made
     */
    protected @Nullable Target anotherOver(Target target) throws Exception {
        return null;
    }

    /** Returns whether a wrong digest makes {@code prepare} fail; {@code true} by default. */
    protected boolean comparable() {
        return true;
    }

    /** Returns the strength of the receipts; {@link Strength#FULL_OBJECT} by default. */
    protected Strength strength() {
        return Strength.FULL_OBJECT;
    }

    /** Returns whether nothing is visible before the commit; what the target says of itself by default. */
    protected boolean staged() {
        return target.staged();
    }

    /** Returns whether create-only holds even when two commit at once; {@code true} by default. */
    protected boolean createOnlySupported() {
        return true;
    }

    /** Returns whether {@link Target#delete} works; {@code true} by default. */
    protected boolean deleteSupported() {
        return true;
    }

    /** Returns whether {@link Target#list} works; {@code true} by default. */
    protected boolean listSupported() {
        return true;
    }

    /**
     * Returns whether the place lists names in the order of their bytes also where characters beyond U+FFFF are among
     * them; {@code true} by default. A target over a place that does not must fail there.
     */
    protected boolean listsByBytes() {
        return true;
    }

    /**
     * Puts something under a name that no path can have, by other means than the target. Does nothing by default.
     *
     * @param target the target
     * @param name the name below its place, with {@code /} between segments
     * @return whether it was put there; {@code false} if nothing but objects can be in such a place
     * @throws Exception if that failed
     */
    protected boolean putForeign(Target target, String name) throws Exception {
        return false;
    }

    /** Returns whether an open read is unaffected by a later commit; {@code true} by default. */
    protected boolean readsAsOfOpen() {
        return true;
    }

    /** Returns whether attributes are kept, so that {@link #attributesOf} is implemented; {@code false} by default. */
    protected boolean keepsAttributes() {
        return false;
    }

    /**
     * Returns the attributes the target keeps of an object; called only if {@link #keepsAttributes()}.
     *
     * @param target the target
     * @param path the path of the object
     * @return the attributes
     * @throws Exception if they could not be read
     */
    protected ContentAttributes attributesOf(Target target, TargetPath path) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Returns a size of several of the parts a target cuts an object into; 9 MiB and 13 bytes by default. */
    protected int largeSize() {
        return (9 << 20) + 13;
    }

    @BeforeEach
    void makeTarget() throws Exception {
        target = newTarget();
        target.initialize();
        driver = new TargetDriver(target);
    }

    @AfterEach
    void leavesNothingBehind() throws Exception {
        if (target != null) {
            assertNothingLeftBehind(target);
            target.close();
        }
    }

    /** Checks that a receipt has the strength of the kind and matches what was sent. */
    void assertReceipt(Receipt receipt, byte[] sent) {
        assertThat(receipt.strength()).isEqualTo(strength());
        assertThat(receipt.differenceFrom(digestOf(sent))).isEmpty();
        if (strength() == Strength.FULL_OBJECT || strength() == Strength.WRITTEN) {
            assertThat(receipt.size()).isEqualTo(sent.length);
            assertThat(receipt.checksum()).isEqualTo(digestOf(sent).checksum());
        }
    }

    /** Returns the same bytes several times in a row. */
    static byte[] repeated(byte[] part, int times) {
        ByteBuffer all = ByteBuffer.allocate(part.length * times);
        for (int i = 0; i < times; i++) {
            all.put(part);
        }
        return all.array();
    }
}
