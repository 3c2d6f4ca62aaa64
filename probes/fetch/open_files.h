// How many connections the system lets this process have.
#pragma once

namespace linkaudit::probes {

// Of `wanted` transfers at once as many as there are file descriptors for; the soft limit is raised for them as far as
// the hard one allows. Throws std::runtime_error when there are too few for one: what fails for want of a descriptor, a
// look-up of a name for one, cannot be told from what others do.
int transfers_possible(int wanted);

}  // namespace linkaudit::probes
