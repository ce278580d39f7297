package dev.caravan.observe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.InvalidTargetObjectTypeException;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanInfo;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.api.management.NotificationSenderAware;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.apache.camel.support.management.MixinRequiredModelMBean;

/**
 * Describes each class of Camel's managed objects once, where Camel describes every object anew: the hundreds of steps of the routes are of a few
 * classes, and describing them was a sixth of a start. Thread-safe.
 */
public final class SharedBeanInfos extends DefaultManagementMBeanAssembler {
    private final Map<Class<?>, ModelMBeanInfo> infos = new ConcurrentHashMap<>();

    public SharedBeanInfos(CamelContext context) {
        super(context);
    }

    /** Null where Camel has nothing to show. */
    @Override
    public ModelMBean assemble(MBeanServer server, Object managed, ObjectName name) throws JMException {
        if (managed instanceof NotificationSenderAware || mixed(managed)) {
            return super.assemble(server, managed, name);
        }
        ModelMBeanInfo info = infos.get(managed.getClass());
        if (info == null) {
            info = assembler.getMBeanInfo(camelContext, managed, null, name.toString());
            if (info == null) {
                return null;
            }
            infos.put(managed.getClass(), info);
        }
        boolean mask = Boolean.TRUE.equals(
                camelContext.getManagementStrategy().getManagementAgent().getMask());
        // The bean keeps a copy of what it is given.
        ModelMBean bean = new MixinRequiredModelMBean(info, mask, null, null);
        try {
            bean.setManagedResource(managed, "ObjectReference");
        } catch (InvalidTargetObjectTypeException e) {
            throw new JMException(e.getMessage());
        }
        return bean;
    }

    /** Whether it shows what an object inside it declares beside its own, which depends on both. */
    private static boolean mixed(Object managed) {
        return managed instanceof ManagedInstance holder
                && holder.getInstance() != null
                && holder.getInstance().getClass().isAnnotationPresent(ManagedResource.class);
    }
}
