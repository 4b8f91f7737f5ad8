const { apps } = require('../deploy/ecosystem.config.cjs');

/** The cluster of deploy/, whose killed processes come back at once, however often. */
module.exports = {
  apps: apps.map((app) => ({
    ...app,
    exp_backoff_restart_delay: 0,
    restart_delay: 0,
    min_uptime: 0,
    max_restarts: 1_000_000,
  })),
};
