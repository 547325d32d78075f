import json, itertools, numpy as np, mne
from scipy import stats, sparse
from mne.stats.cluster_level import _find_clusters, _setup_adjacency
mne.set_log_level("ERROR")
d=json.load(open('../rsa/stats.json'))
def arr(o): return np.array(o["data"],float).reshape(o["shape"])
X=arr(d["meta"]["X"]); Y=arr(d["meta"]["Y"]); A=arr(d["meta"]["adjacency"])
L=lambda a:[None if not np.isfinite(x) else float(x) for x in np.asarray(a,float).ravel()]
out={"meta":{"mne":mne.__version__,"numpy":np.__version__}}
rng=np.random.default_rng(3)
ts=[0,1e-6,.1,1,2.5,7,40]; dofs=[1,2,5.5,14,100,2999]
out["t"]={"t":ts,"dof":dofs,"sf":[[float(stats.t.sf(t,v)) for t in ts] for v in dofs],
  "p":[.4,.05,.025,1e-3,1e-8],"isf":[[float(stats.t.isf(p,v)) for p in [.4,.05,.025,1e-3,1e-8]] for v in dofs]}
p=np.round(rng.random(40)**3,5)
out["fdr"]={"p":L(p),"bh":L(mne.stats.fdr_correction(p,.05,'indep')[1]),"by":L(mne.stats.fdr_correction(p,.05,'negcorr')[1]),
 "bhReject":[bool(b) for b in mne.stats.fdr_correction(p,.05)[0]],"bonferroni":L(np.minimum(1,mne.stats.bonferroni_correction(p)[1]))}
# every sign flip once, with MNE's own clustering: the exact test (MNE's 'all' leaves one flip out)
def t1(x): return x.mean(0)/np.sqrt(x.var(0,ddof=1)/len(x))
def t2(a,b): return stats.ttest_ind(a,b).statistic
def clusters_of(t,thr,tail,adj,shape):
    tt=t if adj is not None else t.reshape(shape)
    if adj is not None: adj=_setup_adjacency(adj,t.size,shape[0])
    cl,s=_find_clusters(tt.copy() if adj is None else tt.ravel(),thr,tail,adj)
    return cl,np.asarray(s)
def most(s,tail):
    if len(s)==0: return 0.
    return float(np.abs(s).max())
def run(surrogates,obs,thr,tail,adj,shape):
    cl,s=clusters_of(obs,thr,tail,adj,shape)
    H=np.array([most(clusters_of(t,thr,tail,adj,shape)[1],tail) for t in surrogates])
    pv=[float(np.mean(H>=abs(v)-1e-9)) for v in s]
    if cl is None: flat=None
    else:
        flat=[]
        for c in (cl if adj is None else []):
            if True:
                m=np.zeros(shape,bool)
            if isinstance(c,np.ndarray) and c.dtype==bool: m=c
            else: m[c]=True
            flat.append([int(i) for i in np.flatnonzero(m)])
            continue
        if adj is not None:
          for c in cl: flat.append(sorted(int(i) for i in np.asarray(c)) if np.asarray(c).dtype!=bool else [int(i) for i in np.flatnonzero(c)])
    return {"clusters":flat,"sums":L(s),"H0":sorted(L(H)),"p":pv}
cases=[]
def one(name,D,thr,tail,adj=None,extra=None):
    shape=D.shape[1:]; F=D.reshape(len(D),-1)
    S=[t1(F*np.array(s)[:,None]) for s in itertools.product([1,-1],repeat=len(F))]
    r=run(S,t1(F),thr,tail,adj,shape); r.update(name=name,tail=tail,threshold=thr if not isinstance(thr,dict) else None,tfce=thr if isinstance(thr,dict) else None,t=L(t1(F)),shape=list(shape)); r.update(extra or {})
    cases.append(r)
for tail in (0,1,-1):
    sg=-1 if tail==-1 else 1
    one("X",X,sg*1.5,tail)
    one("X",X,dict(start=0,step=sg*.5),tail)
    one("X",X,dict(start=sg*.3,step=sg*.2,h_power=1.5,e_power=1.),tail)
adj=sparse.csr_array(A)
one("Y",Y,2.0,0,adj,{"adjacency":"spatial"})
one("Y",Y,dict(start=0,step=.4),1,adj,{"adjacency":"spatial"})
one("Y",Y,1.2,0,None,{"adjacency":"lattice"})
# 3-D lattice, seven observations
Z=np.round(rng.standard_normal((7,4,3,3))+0.6*(np.indices((4,3,3)).sum(0)<3),4)
out["Z"]={"shape":list(Z.shape),"data":L(Z)}
one("Z",Z,1.6,0,None,{"adjacency":"lattice"})
mask=(np.indices((4,3,3)).sum(0)<6)
Zm=Z[:,mask]; out["mask"]={"shape":[4,3,3],"data":[int(v) for v in mask.ravel()]}
full=mne.stats.combine_adjacency(4,3,3).tocsr(); idx=np.flatnonzero(mask.ravel())
madj=full[idx][:,idx]
one("Zm",Zm,1.6,1,sparse.csr_array(madj),{"adjacency":"mask"})
# two samples
G1=X[:4]; G2=np.round(rng.standard_normal((3,24))*.6,4); out["G2"]={"shape":[3,24],"data":L(G2)}
P=np.vstack([G1,G2]); n=len(P)
S=[t2(P[list(c)],P[[i for i in range(n) if i not in c]]) for c in itertools.combinations(range(n),4)]
for tail in (0,1):
    r=run(S,t2(G1,G2),1.5,tail,None,(24,)); r.update(name="two",tail=tail,threshold=1.5,tfce=None,t=L(t2(G1,G2)),shape=[24]); cases.append(r)
out["clusters"]=cases
# MNE itself, two-tailed and exact (n_permutations above the number of flips)
T,c,pv,H=mne.stats.permutation_cluster_1samp_test(X,threshold=1.5,n_permutations=1024,out_type='indices',seed=0)
out["mneExact"]={"t":L(T),"clusters":[[int(i) for i in k[0]] for k in c],"p":L(pv),"H0":sorted(L(np.abs(H)))}
# max-statistic
Tm,pm,Hm=mne.stats.permutation_t_test(X,n_permutations='all')
S=np.array([t1(X*np.array(s)[:,None]) for s in itertools.product([1,-1],repeat=6)])
out["signFlip"]={"t":L(t1(X)),"mneP":L(pm),"max":L([(np.abs(S).max(1)>=abs(t)-1e-9).mean() for t in t1(X)]),"p":L([(np.abs(S[:,j])>=abs(t)-1e-9).mean() for j,t in enumerate(t1(X))]),
 "greater":L([(S[:,j]>=t-1e-9).mean() for j,t in enumerate(t1(X))]),"maxGreater":L([(S.max(1)>=t-1e-9).mean() for t in t1(X)])}
out["X"]=d["meta"]["X"]; out["Y"]=d["meta"]["Y"]; out["adjacency"]=d["meta"]["adjacency"]
json.dump(out,open('permutation.json','w'))
print(out["mneExact"]["p"],out["signFlip"]["mneP"][:10],out["signFlip"]["max"][:10]); print(cases[0]["p"],cases[0]["sums"],len(cases)); print([ (c["name"],c["tail"],len(c["p"]),min(c["p"] or [9])) for c in cases])
