package com.example.contacts;

import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** News of the contacts, as a WebSocket; found by containers that look for annotated end points. */
@ServerEndpoint("/feed")
public final class ContactsFeed {

    /** Says one piece of news. */
    @OnOpen
    public void open(Session session) throws IOException {
        session.getBasicRemote().sendText("Ada Lovelace has moved");
    }
}
