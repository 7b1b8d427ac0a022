package dev.scopegate.container;

/**
 * What the application does once it is protected, whichever way the filter was brought in: one start of the container, and
 * then all parts of the contract.
 */
public abstract class ProtectionContract extends ProtectedApplication
        implements TokenContract,
                PresentationContract,
                PathContract,
                RuleChoiceContract,
                DispatchContract,
                ErrorContract,
                DisclosureContract {

    protected ProtectionContract(ServletContainer container, Deployment deployment) {
        super(container, deployment);
    }
}
