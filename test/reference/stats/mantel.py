import json, itertools, numpy as np
from scipy.stats import spearmanr, pearsonr
from scipy.spatial.distance import squareform
rng=np.random.default_rng(5); out=[]
for n in (4,5,6):
    a=np.round(rng.random(n*(n-1)//2),3); b=np.round(.6*a+.6*rng.random(a.size),3)
    A,B=squareform(a),squareform(b); iu=np.triu_indices(n,1)
    for name,f in (("spearman",lambda x,y:spearmanr(x,y)[0]),("pearson",lambda x,y:pearsonr(x,y)[0])):
        H=np.array([f(a,B[np.ix_(p,p)][iu]) for p in map(list,itertools.permutations(range(n)))])
        o=f(a,b)
        out.append(dict(n=n,method=name,a=a.tolist(),b=b.tolist(),score=float(o),greater=float((H>=o-1e-10).mean()),both=float((abs(H)>=abs(o)-1e-10).mean()),less=float((H<=o+1e-10).mean())))
json.dump(out,open("mantel.json","w")); print([(o["n"],o["method"],round(o["score"],3),o["greater"],o["both"]) for o in out])
