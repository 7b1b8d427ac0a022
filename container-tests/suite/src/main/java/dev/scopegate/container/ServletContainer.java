package dev.scopegate.container;

import java.nio.file.Path;

/** A servlet container that can be started inside the test. */
public interface ServletContainer {

    /**
     * Starts the container on a free loopback port with one web application in it. Returns as well when the application
     * failed to start; {@link RunningContainer#serves()} tells.
     *
     * @param application the exploded web application; its parent folder is free for the container's own files
     * @param contextPath {@code ""} for the root, or a path such as {@code /app}
     * @param checks how strictly the container itself looks at request paths
     */
    RunningContainer start(Path application, String contextPath, UriChecks checks);
}
