package dev.simmer.supervisor;

/** Errors of the protocol, by their JSON-RPC codes. */
enum Fault {
    /** What arrived is not JSON, or goes beyond a limit of what is read. */
    NOT_JSON(-32700),
    /** It is JSON and no JSON-RPC 2.0 request. */
    NOT_A_REQUEST(-32600),
    NO_SUCH_METHOD(-32601),
    /** The parameters are not those of the method. */
    WRONG_PARAMETERS(-32602),
    /** A fault of the supervisor's own. */
    INTERNAL(-32603),
    /** The engine understood the request and did not take it up. */
    REFUSED(-32000),
    /** A limit is reached: too long, too many, too much at once. */
    LIMIT(-32001),
    /** The supervisor is another user's. */
    NOT_YOURS(-32002),
    /** The supervisor is ending; connect again. */
    ENDING(-32003);

    private final int code;

    Fault(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
