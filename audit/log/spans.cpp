#include "audit/log/read.h"
