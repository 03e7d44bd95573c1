import os, sys, time
import numpy as np, torch
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
from torch.nn import functional as F
from hopfield_nb.data.datasets import load_images

def nearest(P, c):
    "A reader of standardised images: the class of the nearest prototype."
    return lambda Z: c[((P**2).sum(1) - 2 * Z @ P.T).argmin(1)]


def softmax_regression(Z, y, seed, C):
    "Softmax regression."
    return LogisticRegression(C=C, max_iter=200, tol=1e-3).fit(Z, y).predict


def mlp(Z, y, seed, noise):
    "784-100-10 by Adam, thirty epochs, with noise added to what it is trained on."
    g = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    net = torch.nn.Sequential(
        torch.nn.Linear(Z.shape[1], 100), torch.nn.ReLU(), torch.nn.Linear(100, 10)
    )
    step = torch.optim.Adam(net.parameters(), 1e-3, weight_decay=1e-5)
    fall = torch.optim.lr_scheduler.CosineAnnealingLR(step, 30)
    Z, y = torch.as_tensor(Z), torch.as_tensor(y)
    for _ in range(30):
        for rows in torch.randperm(len(Z), generator=g).split(100):
            x = Z[rows] + noise * torch.randn(len(rows), Z.shape[1], generator=g)
            step.zero_grad()
            F.cross_entropy(net(x), y[rows]).backward()
            step.step()
        fall.step()
    return lambda Z: net(torch.as_tensor(Z)).argmax(1).numpy()


def k_means(Z, y, seed, k):
    "k-means within each class, read by the nearest."
    fits = [KMeans(k, n_init=1, random_state=seed).fit(Z[y == c]) for c in range(10)]
    P = np.concatenate([fit.cluster_centers_ for fit in fits]).astype(np.float32)
    return nearest(P, np.repeat(np.arange(10), k))


def glvq(Z, y, seed, eta):
    "Generalised learning vector quantisation (Sato and Yamada 1995), ten a class."
    g = torch.Generator().manual_seed(seed)
    fits = [KMeans(10, n_init=1, random_state=seed).fit(Z[y == c]) for c in range(10)]
    P = torch.as_tensor(np.concatenate([f.cluster_centers_ for f in fits])).float()
    P.requires_grad_()
    c, Z, y = torch.arange(100) // 10, torch.as_tensor(Z), torch.as_tensor(y)
    step = torch.optim.SGD([P], eta)
    for epoch in range(20):
        step.param_groups[0]["lr"] = eta * (1 - epoch / 20)
        for rows in torch.randperm(len(Z), generator=g).split(100):
            x = Z[rows]
            d = x.square().sum(1, True) + P.square().sum(1) - 2 * x @ P.T
            own = c == y[rows, None]
            near = d.masked_fill(~own, torch.inf).amin(1)
            far = d.masked_fill(own, torch.inf).amin(1)
            step.zero_grad()
            (x.shape[1] * torch.sigmoid(10 * (near - far) / (near + far))).sum().backward()
            step.step()
    return nearest(P.detach().numpy(), c.numpy())


def class_means(Z, y, seed, _):
    "The mean of each class."
    return NearestCentroid().fit(Z, y).predict


def one_nn(Z, y, seed, k):
    "The nearest of as many images as the others have prototypes."
    r = np.random.default_rng(seed)
    rows = np.concatenate([r.choice(np.flatnonzero(y == c), k, False) for c in range(10)])
    return nearest(Z[rows], y[rows])

BASELINES = {
    "softmax regression": (softmax_regression, (0.001, 0.003, 0.01, 0.03)),
    "MLP 784-100-10": (mlp, (0.0, 1.0, 2.0, 3.0, 3.5)),
    "GLVQ": (glvq, (0.0003, 0.001, 0.003, 0.01)),
    "k-means of each class": (k_means, (10,)),
    "class means": (class_means, (0,)),
    "1-NN of 100 images": (one_nn, (10,)),
}
SIGMAS = range(7)
HEAD = "data,method,setting,split,seed,sigma,right,seconds"

def rows_of(name, fit, setting, Z, y, T, t, seed, split, sigmas):
    "Accuracy on tests with noise, one row a standard deviation."
    start = time.perf_counter()
    predict = fit(Z, y, seed, setting)
    took = time.perf_counter() - start
    r = np.random.default_rng(1000 + seed)
    for sigma in sigmas:
        noisy = T + sigma * r.standard_normal(T.shape, dtype=np.float32)
        yield name, setting, split, seed, sigma, np.mean(predict(noisy) == t), took

def standard(X, Xt):
    m, s = X.mean(), X.std()
    return ((X - m) / s).astype(np.float32), ((Xt - m) / s).astype(np.float32)

if __name__ == "__main__":
    torch.set_num_threads(1)
    out = sys.argv[1]
    only = sys.argv[3:]
    kinds = {k: v for k, v in BASELINES.items() if not only or k in only}
    with open(out, "a") as f:
        for data in ("mnist", "fashion-mnist"):
            im = load_images(data, 10_000)
            Z, T = standard(im.X_train, im.X_test)
            y, t = im.y_train, im.y_test
            def put(rows):
                for row in rows:
                    f.write(",".join(map(str, (data, *row))) + "\n")
                f.flush()
            for seed in range(int(sys.argv[2])):
                for name, (fit, settings) in kinds.items():
                    for setting in settings:
                        if seed == 0 and len(settings) > 1:
                            put(rows_of(name, fit, setting, Z[:8000], y[:8000], Z[8000:], y[8000:], seed, "held out", (0, 2, 4)))
                        put(rows_of(name, fit, setting, Z, y, T, t, seed, "test", SIGMAS))
