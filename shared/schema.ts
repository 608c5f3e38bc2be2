// zod without eval, which the page's content security policy does not allow. Every schema is made with this one.

import { z } from "zod";

z.config({ jitless: true });

export { z };
