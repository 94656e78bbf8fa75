import { createMlflowHandle } from "@/lib/http/mlflow/create-mlflow-handle";
import { registryEndpoints } from "@/lib/http/mlflow/registry-endpoints";
import { getContainer } from "@/lib/services/container";
import { createHttpHost } from "@/lib/services/http-host";

/** MLflow's registry over our prompts: an unchanged client reads what is promoted here. */
const answer = createMlflowHandle(createHttpHost(getContainer), registryEndpoints);

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST };
