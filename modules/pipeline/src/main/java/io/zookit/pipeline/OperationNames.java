package io.zookit.pipeline;

import io.zookit.model.OpCode;

/** The short names by which {@code cons} tells what a connection asked last. Tools know them. */
final class OperationNames {
    /** Nothing was answered yet, or a change was refused. */
    static final String NONE = "NA";

    private OperationNames() {}

    static String of(OpCode operation) {
        return switch (operation) {
            case CREATE_SESSION -> "SESS";
            case CLOSE_SESSION -> "CLOS";
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL -> "CREA";
            case DELETE, DELETE_CONTAINER -> "DELE";
            case EXISTS -> "EXIS";
            case GET_DATA -> "GETD";
            case SET_DATA -> "SETD";
            case GET_ACL -> "GETA";
            case SET_ACL -> "SETA";
            case GET_CHILDREN, GET_CHILDREN2 -> "GETC";
            case GET_ALL_CHILDREN_NUMBER -> "GETACN";
            case GET_EPHEMERALS -> "GETE";
            case SYNC -> "SYNC";
            case PING -> "PING";
            case CHECK -> "CHEC";
            case MULTI -> "MULT";
            case MULTI_READ -> "MLTR";
            case RECONFIG -> "RECO";
            case CHECK_WATCHES -> "CHKW";
            case REMOVE_WATCHES -> "REMW";
            case SET_WATCHES -> "SETW";
            case SET_WATCHES2 -> "STW2";
            case ADD_WATCH -> "ADDW";
            case WHO_AM_I -> "HOMI";
            case ERROR, NOTIFICATION, AUTH, SASL -> NONE;
        };
    }
}
